import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';

/** The repository's top folder. */
export const root = join(__dirname, '../../../..');

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
