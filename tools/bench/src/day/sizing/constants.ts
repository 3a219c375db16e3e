import { percentile } from '@stopcovid/statistics';
import { mean, slope, sum, type Point } from '../../kit/numbers';
import type { Load, Result } from '../result';
import { cpuCostOf, type CpuCost, type Point as CpuPoint } from './cpu';

/** What sizing reads of a day that was played: fields of what `npm run bench -- day --json` prints. */
export type Figures = Pick<
  Result,
  | 'trainees'
  | 'replicas'
  | 'drillsStarted'
  | 'textsIn'
  | 'textsOut'
  | 'daySeconds'
  | 'idle'
  | 'rest'
  | 'halfLoad'
  | 'fullLoad'
  | 'trickle'
  | 'costs'
  | 'topicBytes'
  | 'documentBytes'
>;

export const services = ['sms-ingress', 'dialog-engine', 'sms-sender', 'progress-tracker'] as const;
export type Service = (typeof services)[number];
export const parts = [...services, 'Kafka', 'database'] as const;
/** What costs: a service, however many processes it has, or a server. */
export type Part = (typeof parts)[number];

/** A measure that grows by the same with every tenfold of phones. */
export type Growth = { readonly ofThousand: number; readonly perTenfold: number };

/** What was measured, per unit of what drives it. */
export type Constants = {
  /** Of `fullLoad`, `halfLoad`, `trickle` and `rest`: by texts in and out together, and the rate at which they came. */
  readonly cpu: Readonly<Record<Part, CpuCost>>;
  /** Of `costs`: the most resident megabytes of a process, by the phones that it serves. */
  readonly memoryMb: Readonly<Record<Service, Growth>>;
  /** Of `topicBytes`: before compression, by texts in and out together. */
  readonly topicBytesPerText: Readonly<Record<string, number>>;
  /** Of `documentBytes`: by how much documents grew, by texts in and out together. */
  readonly documentBytesPerText: Readonly<Record<string, number>>;
  /** Of `documentBytes`: of collections with one document a phone, which drills do not make more. */
  readonly documentBytesPerPhone: Readonly<Record<string, number>>;
  readonly textsPerDrill: { readonly in: number; readonly out: number };
  /** Of `idle`: what a reply takes at least, in milliseconds, half of the time; `null` where nothing was answered. */
  readonly replyMs: number | null;
};

/** Texts in and out together. */
export const textsOf = ({ textsIn, textsOut }: Figures): number => textsIn + textsOut;

const ofPart = ({ costs }: Pick<Load, 'costs'>, part: string): Load['costs'] =>
  costs.filter(({ name }) => name.replace(/ \d+$/, '') === part);

/** CPU seconds of all processes of a name over the day, or over a stretch. */
export const cpuSecondsOf = (of: Pick<Load, 'costs'>, part: Part | 'carrier-emulator'): number =>
  sum(ofPart(of, part).map(({ cpuSeconds }) => cpuSeconds));

/** How many processes of a part there were. */
export const processesOf = (figures: Figures, part: Part): number =>
  Math.max(1, ofPart(figures, part).length);

/** The stretches whose CPU was measured beside the day, each at one rate. */
const loadsBeside = ({ rest, halfLoad, trickle }: Figures): readonly Load[] =>
  [rest, halfLoad, trickle?.load].filter((load) => load !== null && load !== undefined);

const secondOf = (load: Pick<Load, 'seconds' | 'costs'>, part: Part): number =>
  cpuSecondsOf(load, part) / load.seconds;

/** The middle of the day, when it was at work; all of one that was too short to have any. */
export const workOf = (figures: Figures): Load =>
  figures.fullLoad ?? { seconds: figures.daySeconds, texts: textsOf(figures), costs: figures.costs };

const pointsOf = (figures: Figures, part: Part): readonly CpuPoint[] => {
  const processes = processesOf(figures, part);
  const pointOf = (load: Load, isFull: boolean): CpuPoint => ({
    textsPerSecond: load.texts / load.seconds / processes,
    cpu: secondOf(load, part) / processes,
    isFull,
  });
  return [pointOf(workOf(figures), true), ...loadsBeside(figures).map((load) => pointOf(load, false))];
};

/** The most that any process of a service held, in megabytes. */
export const memoryOf = (figures: Figures, service: Service): number =>
  Math.max(...ofPart(figures, service).map(({ peakMb }) => peakMb));

/** How many phones one process of a service serves. */
export const phonesOf = ({ trainees, replicas }: Figures): number => trainees / replicas;

/** How often phones are ten times a thousand: 0 for 1,000 of them, 2 for 100,000. */
export const tenfolds = (phones: number): number => Math.log10(Math.max(1, phones) / 1_000);

/* Least squares; what shrinks with size, or is of one size alone, is taken as always there. */
const growthThrough = (points: readonly Point[]): Growth => {
  const perTenfold = Math.max(0, slope(points));
  return { ofThousand: mean(points.map(({ x, y }) => y - perTenfold * x)), perTenfold };
};

/** A value for each of these names. */
export const each = <K extends string, V>(
  names: readonly K[],
  value: (name: K) => V,
): Readonly<Record<K, V>> => Object.fromEntries(names.map((name) => [name, value(name)])) as Record<K, V>;

type Bytes = Readonly<Record<string, number>>;

const bytesPer = (
  runs: readonly Figures[],
  bytesOf: (figures: Figures) => Bytes,
  many: (figures: Figures) => number,
): Bytes => {
  const names = new Set(runs.flatMap((run) => Object.keys(bytesOf(run))));
  const all = sum(runs.map(many));
  return Object.fromEntries(
    [...names].map((name) => [name, sum(runs.map((run) => bytesOf(run)[name] ?? 0)) / all]),
  );
};

const onePerPhone: ReadonlySet<string> = new Set(['dialogs', 'outboxes', 'schedule', 'trainees']);

const documentsOf =
  (isPerPhone: boolean) =>
  ({ documentBytes }: Figures): Bytes =>
    Object.fromEntries(
      Object.entries(documentBytes).filter(([name]) => onePerPhone.has(name) === isPerPhone),
    );

/** What days that were played say, at least one; of bytes and texts those with more weigh more. */
export const constantsOf = (runs: readonly Figures[]): Constants => {
  const drills = sum(runs.map(({ drillsStarted }) => drillsStarted));
  return {
    cpu: each(parts, (part) => cpuCostOf(runs.flatMap((run) => pointsOf(run, part)))),
    memoryMb: each(services, (service) =>
      growthThrough(runs.map((run) => ({ x: tenfolds(phonesOf(run)), y: memoryOf(run, service) }))),
    ),
    topicBytesPerText: bytesPer(runs, ({ topicBytes }) => topicBytes, textsOf),
    documentBytesPerText: bytesPer(runs, documentsOf(false), textsOf),
    documentBytesPerPhone: bytesPer(runs, documentsOf(true), ({ trainees }) => trainees),
    textsPerDrill: {
      in: sum(runs.map(({ textsIn }) => textsIn)) / drills,
      out: sum(runs.map(({ textsOut }) => textsOut)) / drills,
    },
    replyMs: percentile(
      runs.flatMap(({ idle }) => idle.waits.p50 ?? []),
      50,
    ),
  };
};
