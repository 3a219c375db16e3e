import { readFileSync } from 'node:fs';

/** Linux counts the time of processes in hundredths of a second. */
const ticksPerSecond = 100;

/** CPU seconds in a line of /proc/PID/stat; the program's name in it may hold spaces and brackets. */
export const cpuSecondsIn = (stat: string): number => {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
};

/** Resident megabytes in the text of /proc/PID/status. */
export const residentMbIn = (status: string): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? NaN) / 1_024;

/** The most resident megabytes ever, in the text of /proc/PID/status. */
export const peakMbIn = (status: string): number =>
  Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? NaN) / 1_024;

const readOf = (pid: number | undefined, file: 'stat' | 'status'): string | undefined => {
  if (pid === undefined) return undefined;
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
};

/** CPU seconds that a process has used; NaN where that cannot be known. */
export const cpuSeconds = (pid: number | undefined): number => {
  const stat = readOf(pid, 'stat');
  return stat === undefined ? NaN : cpuSecondsIn(stat);
};

/** The most resident megabytes that a process ever had; NaN where that cannot be known. */
export const peakMb = (pid: number | undefined): number => {
  const status = readOf(pid, 'status');
  return status === undefined ? NaN : peakMbIn(status);
};

/** Resident megabytes of a process; NaN where that cannot be known. */
export const residentMb = (pid: number | undefined): number => {
  const status = readOf(pid, 'status');
  return status === undefined ? NaN : residentMbIn(status);
};
