import { cpuSeconds, peakMb } from '../kit';
import type { Used } from './played';
import type { Measured } from './system';
import { isIn, type Span } from './waits';

/** What each process has used by now: CPU seconds, and the most resident megabytes that it ever had. */
export type Usage = ReadonlyMap<string, { readonly cpu: number; readonly peakMb: number }>;

/** Looks at all processes. */
export const usageOf = (processes: readonly Measured[]): Usage =>
  new Map(processes.map(({ name, pid }) => [name, { cpu: cpuSeconds(pid), peakMb: peakMb(pid) }]));

/** What had been used by a moment. */
export type Look = { readonly at: number; readonly usage: Usage };

const lookEveryMs = 1_000;

/** Looks at all processes each second until it is told to stop. */
export const lookOn = (
  processes: readonly Measured[],
): { readonly looks: readonly Look[]; readonly stop: () => void } => {
  const looks: Look[] = [];
  const look = (): void => void looks.push({ at: Date.now(), usage: usageOf(processes) });
  const timer = setInterval(look, lookEveryMs).unref();
  return { looks, stop: () => clearInterval(timer) };
};

/** What was used from the first look within a span to the last; null where there are not two. */
export const usedWithin = (looks: readonly Look[], span: Span): Used | null => {
  const own = looks.filter(isIn(span));
  const [first, last] = [own[0], own.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  return { span: { from: first.at, to: last.at }, usage: { before: first.usage, after: last.usage } };
};

/** What a process cost over a span. */
export type Cost = { readonly name: string; readonly cpuSeconds: number; readonly peakMb: number };

/** What each cost from the one look to the other. */
export const costsBetween = (before: Usage, after: Usage): readonly Cost[] =>
  [...after].map(([name, { cpu, peakMb: most }]) => ({
    name,
    cpuSeconds: cpu - (before.get(name)?.cpu ?? NaN),
    peakMb: most,
  }));
