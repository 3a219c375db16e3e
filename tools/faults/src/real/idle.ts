import { readFileSync } from 'node:fs';
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

const read = (pid: number) => usageOf(readFileSync(`/proc/${pid}/stat`, 'utf8'));

/** Looks twice, so many milliseconds apart. Throws for a process that is not there. */
export const idleOf = async (pids: readonly number[], overMs: number): Promise<ReadonlyMap<number, Idle>> => {
  const before = pids.map(read);
  await pause(overMs);
  return new Map(
    pids.map((pid, index) => {
      const { ticks, megabytes } = read(pid);
      const seconds = (ticks - (before[index]?.ticks ?? ticks)) / ticksPerSecond;
      return [pid, { cpuPercent: Math.round((seconds / overMs) * 1_000_000) / 10, megabytes }];
    }),
  );
};
