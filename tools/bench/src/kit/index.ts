export { count, only } from './command-line';
export { growth, median, percentile, slope, unevenness } from './numbers';
export type { Point } from './numbers';
export { cpuSeconds, peakMb, residentMb } from './proc';
export { root, say } from './progress';
export { apiKey, authToken, heapLimit, onStage, withStage } from './stage';
export type { Stage } from './stage';
export { figuresTable, shown, tableOf } from './table';
export type { Figure } from './verdict';
