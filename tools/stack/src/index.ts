export type { Ports } from './environment';
export type { RunningService } from './service-process';
export { startStack } from './start-stack';
export type { Stack, StackRequest } from './start-stack';
