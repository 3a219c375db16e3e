import type { VersionedFigures } from './run-figures';

/** What the routes of figures need. */
export type StatsDesk = { readonly figures: VersionedFigures; readonly now: () => Date };
/** Its token. */
export const STATS_DESK = Symbol('STATS_DESK');
