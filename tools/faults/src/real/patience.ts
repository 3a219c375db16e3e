import { availableParallelism, loadavg } from 'node:os';

const most = 6;

/** By how much a machine with so many cores and so much waiting for them takes longer than an idle one. */
export const slownessOf = (load: number, cores: number): number => Math.min(most, Math.max(1, load / cores));

/** A time limit that was measured on an idle machine, for this one as it is now. Milliseconds. */
export const patiently = (idleMs: number): number =>
  Math.round(idleMs * slownessOf(loadavg()[0] ?? 0, availableParallelism()));

/** Whether so much waits for so many cores that no stretched limit says anything any more. */
export const isTooMuch = (load: number, cores: number): boolean => load / cores > most;

/** Whether that is so on this machine now. */
export const isTooBusy = (): boolean => isTooMuch(loadavg()[0] ?? 0, availableParallelism());
