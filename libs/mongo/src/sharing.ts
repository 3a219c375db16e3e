import type { Sharing } from '@stopcovid/runtime';
import { isMongoOutage } from './mongo-outage';

/** How commands to the database for lists of documents are shared. */
export const sharing: Sharing<readonly unknown[]> = {
  isEverybodys: isMongoOutage,
  sizeOf: (list) => list.length,
};
