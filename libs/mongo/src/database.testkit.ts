import { randomUUID } from 'node:crypto';
import type { MongoSettings } from './connection';

/** Settings for a database of its own on the server in MONGODB_URL. Throws when the variable is not set. */
export const testDatabase = (): MongoSettings => {
  const url = process.env['MONGODB_URL'];
  if (!url)
    throw new Error(
      'MONGODB_URL is not set: this spec needs a MongoDB server, e.g. mongodb://127.0.0.1:27017',
    );
  const address = new URL(url);
  address.pathname = `/test_${randomUUID().slice(0, 8)}`;
  return {
    url: address.toString(),
    appName: 'spec',
    logger: { info: () => undefined, warn: () => undefined },
  };
};
