import type { Phone } from '@stopcovid/contracts';
import { crashesOf, type Violation } from '@stopcovid/faults';
import { say } from '../kit';
import { ask } from './crowd';
import type { Left } from './left';
import { timeIn } from './nine-oclock';
import type { Options } from './options';
import type { Played, Used } from './played';
import { readShares } from './shares';
import { SortedTexts } from './sorted-texts';
import { growthOf } from './stored';
import type { DaySystem } from './system';
import { Tally, type Start, type StretchName } from './tally';
import { costsBetween, usedWithin, type Cost } from './usage';
import { countIn, middleOf, rateIn, spreadOf, type Span, type Spread } from './waits';

/** What a part of a run sustained, and how long its texts waited: milliseconds, and a second in and out together. */
export type Stretch = { readonly perSecond: number; readonly waits: Spread };

/** The middle of the day; `alone` is how long texts waited that no other of their phone stood before. */
export type FullStretch = Stretch & { readonly alone: Spread };

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
  /** What nothing costs, what half of the load does, and the middle of the day. */
  readonly rest: Load | null;
  readonly halfLoad: Load | null;
  readonly fullLoad: Load | null;
  readonly full: FullStretch | null;
  readonly trickle: Trickle | null;
  /** How long after its time a drill was begun, and its first text handed over; milliseconds. */
  readonly lateness: { readonly begun: Spread; readonly handedOver: Spread };
  readonly costs: readonly Cost[];
  readonly topicBytes: Readonly<Record<string, number>>;
  readonly documentBytes: Readonly<Record<string, number>>;
  readonly left: Left;
  readonly violations: readonly Violation[];
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

const forgotten = (withoutDrill: readonly Phone[], { crowd }: Options): readonly Violation[] =>
  crowd === 'hard'
    ? []
    : withoutDrill.map((phone) => ({ invariant: 'I16', phone, detail: 'no drill came on the day' }));

const misbehaviour = (system: DaySystem, { restless }: Played): readonly Violation[] =>
  [...crashesOf(system.logDirectory), ...restless].map((detail) => ({ invariant: 'I10', detail }));

const loadOf = (times: readonly number[], { span, usage }: Used): Load => ({
  seconds: (span.to - span.from) / 1_000,
  texts: countIn(times, span),
  costs: costsBetween(usage.before, usage.after),
});

const loadWithin = (times: readonly number[], { looks }: Played, span: Span | null): Load | null => {
  const used = span && usedWithin(looks, span);
  return used && loadOf(times, used);
};

/** Reads what the day left behind, asks the invariants, and counts. */
export const resultOf = async (system: DaySystem, played: Played, options: Options): Promise<Result> => {
  say('reading the texts that there were');
  const texts = await SortedTexts.read((path) => ask(system.emulator, path), system.logDirectory);
  const { times } = texts;
  const { day, idle, half, trickle, people, hours } = played;
  const middle = middleOf(times, day);
  const tally = new Tally({
    day,
    stretches: { idle, half: half?.span ?? null, full: middle, trickle: trickle?.span ?? null },
  });
  await readShares(system, { played, texts, tally });
  texts.remove();
  const stretch = (name: StretchName, span: Span): Stretch => ({
    perSecond: rateIn(times, span),
    waits: spreadOf(tally.waits[name]),
  });
  const { starts } = tally;
  const begun = new Set(starts.map(({ phone }) => phone));
  const withoutDrill = people.enrolled.map(({ phone }) => phone).filter((phone) => !begun.has(phone));
  return {
    trainees: options.trainees,
    replicas: options.replicas,
    crowd: options.crowd,
    seed: options.seed,
    startedAt: `${timeIn(hours.zone, hours.startsAt)} ${hours.zone}`,
    drillsStarted: starts.length,
    conversationsFinished: tally.finished,
    textsIn: tally.textsIn,
    textsOut: tally.textsOut,
    textsExpired: tally.expired,
    withoutDrill: withoutDrill.length,
    daySeconds: (day.to - day.from) / 1_000,
    idle: stretch('idle', idle),
    half: half && stretch('half', half.span),
    rest: played.rest && loadOf(times, played.rest),
    halfLoad: half && loadOf(times, half),
    full: middle && { ...stretch('full', middle), alone: spreadOf(tally.waitsAlone) },
    fullLoad: loadWithin(times, played, middle),
    trickle: trickle && {
      stretch: stretch('trickle', trickle.span),
      sent: spreadOf(tally.sent),
      load: loadOf(times, trickle),
    },
    lateness: latenessOf(firstsOf(starts), hours.startsAt),
    costs: costsBetween(played.usage.before, played.usage.after),
    topicBytes: Object.fromEntries(tally.topicBytes),
    documentBytes: Object.fromEntries(growthOf(played.documents.before, played.documents.after)),
    left: played.left,
    violations: [...tally.violations, ...forgotten(withoutDrill, options), ...misbehaviour(system, played)],
  };
};
