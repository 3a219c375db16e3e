import { Secret } from '@stopcovid/runtime';
import { ValidateBy } from 'class-validator';

/** With several hosts it is no URL to `new URL`. */
const address = /^mongodb(\+srv)?:\/\/[^\s/?#]+\/[^\s/?#]+(\?\S*)?$/;

/** Holds a secret of a configuration to be the address of a database: without a name the driver takes `test`. */
export const IsMongoUrl = ValidateBy({
  name: 'mongoUrl',
  validator: {
    validate: (value) => value instanceof Secret && address.test(value.reveal()),
    defaultMessage: () => 'must begin with mongodb:// or mongodb+srv:// and name a database after the hosts',
  },
});
