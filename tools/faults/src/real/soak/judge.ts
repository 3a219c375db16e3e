import { allowedAfter, driftOf, isFlat, leastReadings, type Allowance, type Drift } from './drift';
import type { Held, Look } from './look';

/**
 * One value over a soak, or over one life of a process. `grows` is a fault; `told` is of what may grow; a value that was
 * read too seldom is judged neither way.
 */
export type Judged = {
  readonly what: string;
  readonly readings: number;
  readonly drift: Drift | undefined;
  /** The most that its last quarter may have; undefined where it may grow. */
  readonly allowed: number | undefined;
  readonly verdict: 'flat' | 'grows' | 'told' | 'too few readings';
};

/*
 * Memory is read after a collection; what is resident is also a matter of what the allocator gives back. What a process
 * does changes when another starts anew or the carrier is slow: it holds more of it from then on, once.
 */
const allowances = {
  megabytes: { share: 0.1, more: 16, mayStep: true },
  descriptors: { share: 0.1, more: 10, mayStep: true },
  documents: { share: 0.1, more: 20, mayStep: false },
  lag: { share: 0.5, more: 300, mayStep: false },
} as const satisfies Readonly<Record<string, Allowance>>;

/** Collections that have something of each text, drill or hour, so that they grow with history. Every other one is to be flat. */
const growing: ReadonlySet<string> = new Set([
  'bucket_questions',
  'buckets',
  'completion_records',
  'consent_changes',
  'drill_runs',
  'messages',
  'phone_events',
]);

type Value = {
  readonly what: string;
  readonly values: readonly number[];
  readonly allowance: Allowance | undefined;
};

const judge = ({ what, values, allowance }: Value): Judged => {
  const drift = driftOf(values);
  const read = { what, readings: values.length, drift };
  if (drift === undefined) return { ...read, allowed: undefined, verdict: 'too few readings' };
  if (allowance === undefined) return { ...read, allowed: undefined, verdict: 'told' };
  return {
    ...read,
    allowed: allowedAfter(drift, allowance),
    verdict: isFlat(drift, allowance) ? 'flat' : 'grows',
  };
};

/** The readings of each process, from its start to its end, in the order of their names. */
const livesIn = (looks: readonly Look[]): readonly (readonly Held[])[] => {
  const lives = new Map<string, Held[]>();
  for (const held of looks.flatMap(({ processes }) => processes)) {
    const key = `${held.name} ${held.pid}`;
    lives.set(key, [...(lives.get(key) ?? []), held]);
  }
  return [...lives.values()].sort(([one], [other]) => (one?.name ?? '').localeCompare(other?.name ?? ''));
};

const ofLife = (life: readonly Held[]): readonly Judged[] => {
  const [{ name, pid, keepsAll } = { name: '', pid: 0, keepsAll: false }] = life;
  const own = `${name} (${pid})`;
  return [
    judge({
      what: `${own}: MB`,
      values: life.map(({ megabytes }) => megabytes),
      allowance: keepsAll ? undefined : allowances.megabytes,
    }),
    judge({
      what: `${own}: descriptors`,
      values: life.map(({ descriptors }) => descriptors),
      allowance: allowances.descriptors,
    }),
  ];
};

const seriesOf = (
  looks: readonly Look[],
  mapOf: (look: Look) => ReadonlyMap<string, number>,
): readonly (readonly [string, readonly number[]])[] =>
  [...new Set(looks.flatMap((look) => [...mapOf(look).keys()]))]
    .sort()
    .map((name) => [name, looks.map((look) => mapOf(look).get(name) ?? 0)] as const);

/** Everything that was looked at, judged: each life of each process, each collection, the lag of each group. */
export const judgedOf = (looks: readonly Look[]): readonly Judged[] => [
  ...livesIn(looks).flatMap(ofLife),
  ...seriesOf(looks, ({ documents }) => documents).map(([name, values]) =>
    judge({
      what: `${name}: documents`,
      values,
      allowance: growing.has(name) ? undefined : allowances.documents,
    }),
  ),
  ...seriesOf(looks, ({ lags }) => lags).map(([group, values]) =>
    judge({ what: `${group}: lag`, values, allowance: allowances.lag }),
  ),
];

const rounded = (value: number): string => Math.round(value).toLocaleString('en-US');

const growthLine = ({ what, drift, allowed }: Judged): string =>
  `${what} went from ${rounded(drift?.from ?? NaN)} to ${rounded(drift?.to ?? NaN)}, above ${rounded(allowed ?? NaN)}`;

/* One life long enough is enough: nobody waits until the last restart is long past. */
const unjudged = (looks: readonly Look[]): readonly string[] => {
  const lives = livesIn(looks);
  const names = [...new Set(lives.flatMap((life) => life.slice(0, 1).map(({ name }) => name)))];
  const isJudged = (name: string): boolean =>
    lives.some((life) => life[0]?.name === name && life.length >= leastReadings);
  return names
    .filter((name) => !isJudged(name))
    .map((name) => `${name} never lived long enough to be judged`);
};

/** What was not as it ought to be, in sentences; none where all is flat. A soak too short to tell is not flat. */
export const brokenIn = (looks: readonly Look[]): readonly string[] => [
  ...judgedOf(looks)
    .filter(({ verdict }) => verdict === 'grows')
    .map(growthLine),
  ...unjudged(looks),
  ...(looks.length < leastReadings ? [`${looks.length} looks are too few to judge a soak`] : []),
];

const perThousand = ({ documents, batches }: Look, first: Look, name: string): string => {
  const more = (documents.get(name) ?? 0) - (first.documents.get(name) ?? 0);
  return `${rounded((more * 1_000) / Math.max(1, batches - first.batches))} of each thousand batches`;
};

const cellOf = (value: number | undefined): string => (value === undefined ? '' : rounded(value));

/** The rows of a table for people, the heads first. */
export const soakRows = (looks: readonly Look[]): readonly (readonly string[])[] => {
  const [first, last] = [looks[0], looks.at(-1)];
  const growthOf = ({ what, verdict }: Judged): string => {
    const [name, kind] = what.split(': ');
    if (verdict !== 'told' || kind !== 'documents' || !first || !last) return verdict;
    return perThousand(last, first, name ?? '');
  };
  return [
    ['what', 'readings', 'second quarter', 'third', 'last', 'at most', 'most ever', 'verdict'],
    ...judgedOf(looks).map((row) => [
      row.what,
      String(row.readings),
      cellOf(row.drift?.from),
      cellOf(row.drift?.middle),
      cellOf(row.drift?.to),
      cellOf(row.allowed),
      cellOf(row.drift?.most),
      growthOf(row),
    ]),
  ];
};
