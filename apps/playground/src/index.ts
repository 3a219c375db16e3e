export { PlaygroundConfig } from './config';
export { startPlayground } from './start-playground';
export type { Playground } from './start-playground';
