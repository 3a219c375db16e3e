import { Secret } from '@stopcovid/runtime';
import { ValidateBy } from 'class-validator';
import { privateKeyOf, publicKeyOf } from './signing';

const holds = (check: () => unknown): boolean => {
  try {
    check();
    return true;
  } catch {
    return false;
  }
};

/** Holds a secret of a configuration to be a key that records can be signed with. */
export const IsRecordsKey = ValidateBy({
  name: 'recordsKey',
  validator: {
    validate: (value) => value instanceof Secret && holds(() => privateKeyOf(value)),
    defaultMessage: () =>
      'must be a private Ed25519 key as PEM or JWK: openssl genpkey -algorithm ed25519 makes one',
  },
});

/** Holds a list of a configuration to be public keys, each as `x` of its JWK. */
export const ArePublicKeys = ValidateBy({
  name: 'publicKeys',
  validator: {
    validate: (values) => Array.isArray(values) && holds(() => values.map(String).map(publicKeyOf)),
    defaultMessage: () => 'must be public Ed25519 keys, each as `x` of its JWK, with commas between',
  },
});
