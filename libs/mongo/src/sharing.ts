import type { Sharing } from '@stopcovid/runtime';
import { isMongoOutage } from './mongo-outage';

/** How commands to the database are shared. */
export const sharing: Sharing = { most: 100, isEverybodys: isMongoOutage };

/** Whoever has more than so many documents gains nothing by company: it goes alone, and the others meanwhile. */
export const mostTogether = 100;
