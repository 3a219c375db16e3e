export { forgetChildren, rememberChildren, sweepOrphans } from './orphans';
export type { Child } from './orphans';
export { PartsUnavailable } from './parts';
export type { Parts, Say } from './parts';
export { startParts } from './start-parts';
