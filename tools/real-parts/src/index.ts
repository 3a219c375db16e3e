export { helmProgram } from './helm';
export { fetchJars, nativeFiles } from './native';
export { forgetChildren, rememberChildren, sweepOrphans } from './orphans';
export type { Child } from './orphans';
export { PartsUnavailable } from './parts';
export type { Parts, Say } from './parts';
export { restartableParts } from './restartable';
export type { ProxiedListener, RestartablePart, RestartableParts } from './restartable';
export { startParts } from './start-parts';
