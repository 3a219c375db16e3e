export { growth, median, percentile, slope, unevenness } from './numbers';
export type { Point } from './numbers';
export { cpuSeconds, residentMb } from './proc';
export { figuresTable, shown, tableOf } from './table';
export { verdictOf } from './verdict';
export type { Figure, Verdict } from './verdict';
