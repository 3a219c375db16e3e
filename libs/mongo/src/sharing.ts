import type { Sharing } from '@stopcovid/runtime';
import { isMongoOutage } from './mongo-outage';

/** How commands to the database are shared. */
export const sharing: Sharing = { most: 100, isEverybodys: isMongoOutage };
