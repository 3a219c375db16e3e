import { readdirSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** A process that we started, by its id and a word of its command line, so that a reused id is left alone. */
export type Child = { readonly pid: number; readonly commandWord: string };

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const commandLine = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
};

const fileOf = (directory: string): string => join(directory, `children-of-${process.pid}.json`);

/** Remembers our children on disk, for the next run to find should this one be killed. */
export const rememberChildren = (directory: string, children: readonly Child[]): void => {
  mkdirSync(directory, { recursive: true });
  writeFileSync(fileOf(directory), JSON.stringify(children));
};

/** To be called when the children have ended. */
export const forgetChildren = (directory: string): void => rmSync(fileOf(directory), { force: true });

const endOrphans = (file: string): number => {
  const children = JSON.parse(readFileSync(file, 'utf8')) as readonly Child[];
  const orphans = children.filter(
    ({ pid, commandWord }) => alive(pid) && commandLine(pid).includes(commandWord),
  );
  for (const { pid } of orphans) process.kill(pid, 'SIGKILL');
  rmSync(file, { force: true });
  return orphans.length;
};

/** Ends the children of runs that were killed, and says how many. Children of living runs are left alone. */
export const sweepOrphans = (directory: string): number => {
  mkdirSync(directory, { recursive: true });
  return readdirSync(directory)
    .map((name) => ({ name, parent: Number(/^children-of-(\d+)\.json$/.exec(name)?.[1] ?? NaN) }))
    .filter(({ parent }) => Number.isInteger(parent) && !alive(parent))
    .reduce((count, { name }) => count + endOrphans(join(directory, name)), 0);
};
