export { chosenOf, countsWith, flagsIn, UsageError } from './command-line';
export { growth, median, percentile, slope, unevenness } from './numbers';
export type { Point } from './numbers';
export { cpuSeconds, residentMb } from './proc';
export { runBench, say, sayMachine } from './run-bench';
export { figuresTable, shown, tableOf } from './table';
export { verdictOf } from './verdict';
export type { Figure, Verdict } from './verdict';
