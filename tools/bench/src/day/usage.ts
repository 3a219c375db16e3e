import { cpuSeconds, peakMb } from '../kit';
import type { Measured } from './system';

/** What each process has used by now: CPU seconds, and the most resident megabytes that it ever had. */
export type Usage = ReadonlyMap<string, { readonly cpu: number; readonly peakMb: number }>;

/** Looks at all processes. */
export const usageOf = (processes: readonly Measured[]): Usage =>
  new Map(processes.map(({ name, pid }) => [name, { cpu: cpuSeconds(pid), peakMb: peakMb(pid) }]));

/** What a process cost over a span. */
export type Cost = { readonly name: string; readonly cpuSeconds: number; readonly peakMb: number };

/** What each cost from the one look to the other. */
export const costsBetween = (before: Usage, after: Usage): readonly Cost[] =>
  [...after].map(([name, { cpu, peakMb: most }]) => ({
    name,
    cpuSeconds: cpu - (before.get(name)?.cpu ?? NaN),
    peakMb: most,
  }));
