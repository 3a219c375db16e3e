import { cpus, loadavg } from 'node:os';
import { UsageError } from './command-line';

const startedAt = performance.now();

/** Tells how far a run is, after so many seconds. */
export const say = (line: string): void => {
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0).padStart(5);
  process.stderr.write(`${seconds} s  ${line}\n`);
};

/** On what it runs, and how busy that is. */
export const sayMachine = (): void => {
  const load = loadavg().map((each) => each.toFixed(1));
  say(`${cpus().length} cores, Node ${process.version}, load ${load.join(' ')}`);
};

type ErrorClass = new (...args: never[]) => Error;

/** Runs a benchmark as the whole process. What was to be expected is one line, anything else a stack; both end with 2. */
export const runBench = (main: () => Promise<void>, expected: readonly ErrorClass[] = []): void => {
  main().catch((error: unknown) => {
    const isExpected = [UsageError, ...expected].some((type) => error instanceof type);
    const told = error instanceof Error ? (isExpected ? error.message : error.stack) : String(error);
    process.stderr.write(`${told}\n`);
    process.exitCode = 2;
  });
};
