export { stackAccount, stackProcesses, type Ports, type ServiceProcess } from './environment';
export { startService, untilReady, type RunningService } from './service-process';
export { startStack } from './start-stack';
export type { Stack, StackRequest } from './start-stack';
export { hostileShapes, ordinaryShape, type Shape } from './hostile-shapes';
export { bytesOf, sendRaw, type RawAnswer, type RawRequest } from './raw-http';
