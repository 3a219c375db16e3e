import { percentile } from '@stopcovid/statistics';
import type { Result } from '../result';

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
  | 'costs'
  | 'topicBytes'
  | 'documentBytes'
>;

export const services = ['sms-ingress', 'dialog-engine', 'sms-sender', 'progress-tracker'] as const;
export type Service = (typeof services)[number];
export const parts = [...services, 'Kafka', 'database'] as const;
/** What costs: a service, however many processes it has, or a server. */
export type Part = (typeof parts)[number];

/** A measure that has a part which is always there, and one that grows with every thousand phones. */
export type Line = { readonly base: number; readonly perThousand: number };

/** What was measured, per unit of what drives it. */
export type Constants = {
  /** Of `costs`: CPU seconds over the day, by texts in and out together. */
  readonly cpuSecondsPerText: Readonly<Record<Part, number>>;
  /** Of `costs`: the most resident megabytes of a process, by the phones that it serves. */
  readonly memoryMb: Readonly<Record<Service, Line>>;
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

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** Texts in and out together. */
export const textsOf = ({ textsIn, textsOut }: Figures): number => textsIn + textsOut;

const ofPart = ({ costs }: Figures, part: Part): Figures['costs'] =>
  costs.filter(({ name }) => name.replace(/ \d+$/, '') === part);

/** CPU seconds of all processes of a part over the day. */
export const cpuSecondsOf = (figures: Figures, part: Part): number =>
  sum(ofPart(figures, part).map(({ cpuSeconds }) => cpuSeconds));

/** The most that any process of a service held, in megabytes. */
export const memoryOf = (figures: Figures, service: Service): number =>
  Math.max(...ofPart(figures, service).map(({ peakMb }) => peakMb));

/** How many phones one process of a service serves. */
export const phonesOf = ({ trainees, replicas }: Figures): number => trainees / replicas;

const mean = (values: readonly number[]): number => sum(values) / values.length;

/* Least squares; what shrinks with size, or is of one size alone, is taken as always there. */
const lineThrough = (points: readonly { readonly x: number; readonly y: number }[]): Line => {
  const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))];
  const spread = sum(points.map((point) => (point.x - x) ** 2));
  const slope = spread === 0 ? 0 : sum(points.map((point) => (point.x - x) * (point.y - y))) / spread;
  const perThousand = Math.max(0, slope);
  return { base: y - perThousand * x, perThousand };
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

/** What days that were played say, at least one; those with more texts weigh more. */
export const constantsOf = (runs: readonly Figures[]): Constants => {
  const texts = sum(runs.map(textsOf));
  const drills = sum(runs.map(({ drillsStarted }) => drillsStarted));
  return {
    cpuSecondsPerText: each(parts, (part) => sum(runs.map((run) => cpuSecondsOf(run, part))) / texts),
    memoryMb: each(services, (service) =>
      lineThrough(runs.map((run) => ({ x: phonesOf(run) / 1_000, y: memoryOf(run, service) }))),
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
