import { decodeLogRecord, type Phone } from '@stopcovid/contracts';
import {
  answersIn,
  checkHistory,
  chronicleOf,
  collect,
  crashesOf,
  firstOf,
  historyOf,
  type Chronicle,
  type History,
  type Violation,
} from '@stopcovid/faults';
import { parseTime } from '@stopcovid/calendar';
import { say } from '../kit';
import { writtenBy, type Written } from './crowd';
import type { Left } from './left';
import { timeIn } from './nine-oclock';
import type { Options } from './options';
import type { Played, Used } from './played';
import { growthOf, topicSizes, type Sizes } from './stored';
import type { DaySystem } from './system';
import { costsBetween, type Cost } from './usage';
import { middleOf, rateIn, spreadOf, waitsIn, type Span, type Spread } from './waits';

/** What a part of a run sustained, and how long its texts waited: milliseconds, and a second in and out together. */
export type Stretch = { readonly perSecond: number; readonly waits: Spread };

/** What some seconds cost in which so many texts came and went. */
export type Load = { readonly seconds: number; readonly texts: number; readonly costs: readonly Cost[] };

/** Few texts a second: how long they waited, of that how long from the decision to the carrier, and what they cost. */
export type Trickle = { readonly stretch: Stretch; readonly sent: Spread; readonly load: Load };

/** What a day came to. */
export type Result = {
  readonly trainees: number;
  readonly replicas: number;
  readonly crowd: Options['crowd'];
  readonly seed: number;
  readonly startedAt: string;
  readonly drillsStarted: number;
  readonly conversationsFinished: number;
  readonly textsIn: number;
  readonly textsOut: number;
  /** Texts that were not handed over any more because their time was over. */
  readonly textsExpired: number;
  /** Trainees to whom no drill came. */
  readonly withoutDrill: number;
  readonly daySeconds: number;
  readonly idle: Stretch;
  readonly half: Stretch | null;
  /** What nothing costs, and what half of the load does. */
  readonly rest: Load | null;
  readonly halfLoad: Load | null;
  readonly full: Stretch | null;
  readonly trickle: Trickle | null;
  /** How long after its time a drill was begun, and its first text handed over; milliseconds. */
  readonly lateness: { readonly begun: Spread; readonly handedOver: Spread };
  readonly costs: readonly Cost[];
  readonly topicBytes: Readonly<Record<string, number>>;
  readonly documentBytes: Readonly<Record<string, number>>;
  readonly left: Left;
  readonly violations: readonly Violation[];
};

/** A drill that began: when, and when its first text was handed over. */
type Start = { readonly phone: Phone; readonly at: number; readonly handedAt: number | undefined };

const startsIn = (history: History, chronicle: Chronicle): readonly Start[] => {
  const handed = answersIn(history, chronicle);
  return [...chronicle].flatMap(([phone, told]) =>
    firstOf(told).flatMap(({ batch }) =>
      batch.events
        .filter(({ type }) => type === 'DrillStarted')
        .map(() => ({ phone, at: Date.parse(batch.at), handedAt: handed.get(batch.commandId)?.at })),
    ),
  );
};

const within = ({ from, to }: Span, at: number): boolean => from <= at && at <= to;

const finishedIn = (chronicle: Chronicle, day: Span): number =>
  [...chronicle.values()]
    .flatMap((told) => firstOf(told))
    .filter(({ batch }) => within(day, Date.parse(batch.at)))
    .flatMap(({ batch }) => batch.events)
    .filter(({ type }) => type === 'DrillCompleted').length;

const expiredIn = ({ smsLog }: History): number =>
  smsLog.filter(({ value }) => {
    const read = value === null ? undefined : decodeLogRecord(value);
    return read?.ok && read.value.type === 'SmsSent' && read.value.error?.code === 'EXPIRED';
  }).length;

/** How long after it was decided each batch of a span had its first text handed over; those without texts left out. */
const sentAfter = (history: History, chronicle: Chronicle, span: Span): readonly number[] => {
  const handed = answersIn(history, chronicle);
  return [...chronicle.values()]
    .flatMap((told) => firstOf(told))
    .map(({ batch }) => ({ at: Date.parse(batch.at), handed: handed.get(batch.commandId)?.at }))
    .flatMap(({ at, handed: to }) => (within(span, at) && to !== undefined ? [to - at] : []));
};

/* The first drill of each, which is the one that came by time. */
const firstsOf = (starts: readonly Start[]): readonly Start[] => {
  const seen = new Set<Phone>();
  return starts.filter(({ phone }) => !seen.has(phone) && seen.add(phone));
};

const latenessOf = (firsts: readonly Start[], dueAt: number): Result['lateness'] => ({
  begun: spreadOf(firsts.map(({ at }) => at - dueAt)),
  handedOver: spreadOf(firsts.flatMap(({ handedAt }) => (handedAt === undefined ? [] : [handedAt - dueAt]))),
});

const minutesOf = (time: string): number => {
  const parsed = parseTime(time);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.value;
};

const historyAfter = async (system: DaySystem, { hours }: Played): Promise<History> => {
  const { zone, closesAt } = hours;
  const window = { opens: minutesOf('08:00'), closes: minutesOf(timeIn(zone, closesAt)) };
  const nobody = {
    accepted: [],
    madeUp: new Set<Phone>(),
    untold: new Set<never>(),
    slow: [],
    forged: new Set<Phone>(),
  };
  const left = await collect(system, {
    ...nobody,
    earlier: { commands: [], events: [], smsLog: [] },
    forgotten: new Set<string>(),
    clocks: [{ zone, window, calmFrom: Date.now() }],
  });
  return historyOf(left);
};

const forgotten = (withoutDrill: readonly Phone[], { crowd }: Options): readonly Violation[] =>
  crowd === 'hard'
    ? []
    : withoutDrill.map((phone) => ({ invariant: 'I16', phone, detail: 'no drill came on the day' }));

const misbehaviour = (system: DaySystem, { restless }: Played): readonly Violation[] =>
  [...crashesOf(system.logDirectory), ...restless].map((detail) => ({ invariant: 'I10', detail }));

/** All times of texts, in and out. */
const timesOf = (written: readonly Written[], { carrier }: History): readonly number[] =>
  [...written, ...carrier].map(({ at }) => at);

const loadOf = (times: readonly number[], { span, usage }: Used): Load => ({
  seconds: (span.to - span.from) / 1_000,
  texts: times.filter((at) => within(span, at)).length,
  costs: costsBetween(usage.before, usage.after),
});

/** Reads what the day left behind, asks the invariants, and counts. */
export const resultOf = async (system: DaySystem, played: Played, options: Options): Promise<Result> => {
  say('reading what is left behind');
  const history = await historyAfter(system, played);
  const written = await writtenBy(system.emulator);
  const chronicle = chronicleOf(history.events);
  const answers = answersIn(history, chronicle);
  const times = timesOf(written, history);
  const { day, idle, half, trickle, people, hours } = played;
  const stretch = (span: Span): Stretch => ({
    perSecond: rateIn(times, span),
    waits: spreadOf(waitsIn(written, answers, span)),
  });
  const starts = startsIn(history, chronicle).filter(({ at }) => within(day, at));
  const begun = new Set(starts.map(({ phone }) => phone));
  const withoutDrill = people.enrolled.map(({ phone }) => phone).filter((phone) => !begun.has(phone));
  const middle = middleOf(times, day);
  say('asking the invariants');
  return {
    trainees: options.trainees,
    replicas: options.replicas,
    crowd: options.crowd,
    seed: options.seed,
    startedAt: `${timeIn(hours.zone, hours.startsAt)} ${hours.zone}`,
    drillsStarted: starts.length,
    conversationsFinished: finishedIn(chronicle, day),
    textsIn: written.filter(({ at }) => within(day, at)).length,
    textsOut: history.carrier.filter(({ at }) => within(day, at)).length,
    textsExpired: expiredIn(history),
    withoutDrill: withoutDrill.length,
    daySeconds: (day.to - day.from) / 1_000,
    idle: stretch(idle),
    half: half && stretch(half.span),
    rest: played.rest && loadOf(times, played.rest),
    halfLoad: half && loadOf(times, half),
    full: middle && stretch(middle),
    trickle: trickle && {
      stretch: stretch(trickle.span),
      sent: spreadOf(sentAfter(history, chronicle, trickle.span)),
      load: loadOf(times, trickle),
    },
    lateness: latenessOf(firstsOf(starts), hours.startsAt),
    costs: costsBetween(played.usage.before, played.usage.after),
    topicBytes: Object.fromEntries(topicSizes(history, day)),
    documentBytes: byName(growthOf(played.documents.before, played.documents.after)),
    left: played.left,
    violations: [
      ...checkHistory(history),
      ...forgotten(withoutDrill, options),
      ...misbehaviour(system, played),
    ],
  };
};

const byName = (sizes: Sizes): Readonly<Record<string, number>> => Object.fromEntries(sizes);
