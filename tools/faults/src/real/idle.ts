import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** What a process costs while nothing happens: percent of one core, and resident megabytes. */
export type Idle = { readonly cpuPercent: number; readonly megabytes: number };

const ticksPerSecond = 100;
const pageKilobytes = 4;

/** User and system time in ticks, and resident pages, of a line of /proc/<pid>/stat. */
export const usageOf = (stat: string): { readonly ticks: number; readonly megabytes: number } => {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const field = (index: number): number => Number(fields[index] ?? Number.NaN);
  return { ticks: field(11) + field(12), megabytes: Math.round((field(21) * pageKilobytes) / 1_024) };
};

/** Undefined for a process that is not there. */
const read = (pid: number) => {
  const file = `/proc/${pid}/stat`;
  return existsSync(file) ? usageOf(readFileSync(file, 'utf8')) : undefined;
};

/** Looks twice, so many milliseconds apart. Processes that are not there are left out. */
export const idleOf = async (pids: readonly number[], overMs: number): Promise<ReadonlyMap<number, Idle>> => {
  const before = pids.map(read);
  await pause(overMs);
  const idle = new Map<number, Idle>();
  for (const [index, pid] of pids.entries()) {
    const [was, is] = [before[index], read(pid)];
    if (was === undefined || is === undefined) continue;
    const seconds = (is.ticks - was.ticks) / ticksPerSecond;
    idle.set(pid, {
      cpuPercent: Math.round((seconds / overMs) * 1_000_000) / 10,
      megabytes: is.megabytes,
    });
  }
  return idle;
};
