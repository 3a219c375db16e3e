import { setTimeout as pause } from 'node:timers/promises';
import type { Instant } from '@stopcovid/calendar';
import { untilQuiet } from '@stopcovid/faults';
import { say } from '../kit';
import {
  acceptedAfter,
  letPeopleAnswer,
  letPeopleTakeTurns,
  sendPeopleAway,
  textsBy,
  untilSilent,
  untilTexted,
  write,
  writtenBy,
} from './crowd';
import { enrol, setSchedule, type Hours } from './enrol';
import { leftOf, type Left } from './left';
import { minuteAfter, timeIn, zoneAtNine } from './nine-oclock';
import { hardOpenForMs, type Options } from './options';
import { peopleOf, type People } from './people';
import { documentSizes, type Sizes } from './stored';
import type { DaySystem } from './system';
import { usageOf, type Usage } from './usage';
import { middleOf, rateIn, type Span } from './waits';

/** A day that is over: when its parts were, and what was seen before and after. */
export type Played = {
  readonly people: People;
  readonly hours: Hours;
  readonly idle: Span;
  readonly day: Span;
  readonly half: Span | null;
  readonly usage: { readonly before: Usage; readonly after: Usage };
  readonly documents: { readonly before: Sizes; readonly after: Sizes };
  readonly left: Left;
  /** What did not come to rest. */
  readonly restless: readonly string[];
};

const replyWithinMs = 10_000;
const lookEveryMs = 5;

/** Texts of people whom nobody knows, one after the other: each is answered before the next is written. */
const writeWhileIdle = async ({ emulator }: DaySystem, { idleTexts }: Options): Promise<Span> => {
  say(`${idleTexts} texts one after the other`);
  const from = Date.now();
  let last = 0;
  for (let index = 0; index < idleTexts; index += 1) {
    const phone = `+1202555${String(1_000 + index)}`;
    await write(emulator, phone, 'hello');
    const until = Date.now() + replyWithinMs;
    for (let isAnswered = false; !isAnswered && Date.now() < until;) {
      const rows = await acceptedAfter(emulator, last);
      isAnswered = rows.some(({ to }) => to === phone);
      last = Math.max(last, ...rows.map(({ sequence }) => sequence));
      await pause(lookEveryMs);
    }
    await pause(100);
  }
  return { from, to: Date.now() };
};

const restMs = 120_000;
const afterCrowdMs = 2_500;

/** Resolves when nothing happens any more; answers what went on beyond the limit. */
const comeToRest = async (system: DaySystem, { trainees }: Options): Promise<readonly string[]> => {
  const limitMs = restMs + 20 * trainees;
  try {
    await untilQuiet(system, limitMs);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
};

/** Resolves when people are silent and the system rests, both at once; answers what went on beyond the limit. */
const untilOver = async (system: DaySystem, options: Options): Promise<readonly string[]> => {
  for (;;) {
    await untilSilent(system.emulator, options.thinkMs + afterCrowdMs);
    const before = await textsBy(system.emulator);
    const restless = await comeToRest(system, options);
    if (restless.length > 0 || (await textsBy(system.emulator)) === before) return restless;
  }
};

/* Enough to mark and to plan everybody anew before the minute comes. */
const leadMs = ({ trainees }: Options): number => 15_000 + 4 * trainees;
const openForMs = 600_000;

const hoursOf = (options: Options): Hours => {
  const startsAt = minuteAfter(Date.now(), leadMs(options));
  const openMs = options.crowd === 'hard' ? hardOpenForMs : openForMs + 60 * options.trainees;
  return { zone: zoneAtNine(startsAt), startsAt, closesAt: minuteAfter(startsAt, openMs) };
};

const untilInstant = async (at: Instant): Promise<void> => pause(Math.max(0, at - Date.now()));

/** After the day, half of what it sustained is kept up for a while. */
const playHalf = async (
  system: DaySystem,
  played: { people: People; options: Options; day: Span },
): Promise<Span | null> => {
  const { people, options, day } = played;
  if (options.halfSeconds === 0) return null;
  const times = (await writtenBy(system.emulator)).map(({ at }) => at);
  const middle = middleOf(times, day);
  if (middle === null) return null;
  const perSecond = Math.max(1, Math.round(rateIn(times, middle) / 2));
  say(`${perSecond} texts a second for ${options.halfSeconds} s: half of what the day sustained`);
  const from = Date.now();
  await letPeopleTakeTurns(system.emulator, people, { options, perSecond });
  return { from, to: Date.now() };
};

/** Plays a day from enrolment until nothing is left to do. */
export const playDay = async (system: DaySystem, options: Options): Promise<Played> => {
  const people = peopleOf(options);
  await enrol(system, people, zoneAtNine(minuteAfter(Date.now(), leadMs(options))));
  await comeToRest(system, options);
  const idle = await writeWhileIdle(system, options);
  const hours = hoursOf(options);
  say(`drills come at ${timeIn(hours.zone, hours.startsAt)} in ${hours.zone}`);
  await setSchedule(system, people, hours);
  const before = { usage: usageOf(system.processes), documents: await documentSizes(system) };
  await letPeopleAnswer(system.emulator, people, options);
  await untilInstant(hours.startsAt);
  say('the day begins');
  await untilTexted(system.emulator, hours.closesAt);
  const restless = await untilOver(system, options);
  await sendPeopleAway(system.emulator);
  const day = { from: hours.startsAt, to: Date.now() };
  const after = { usage: usageOf(system.processes), documents: await documentSizes(system) };
  const half = await playHalf(system, { people, options, day });
  const atLast = half === null ? [] : await comeToRest(system, options);
  return {
    people,
    hours,
    idle,
    day,
    half,
    usage: { before: before.usage, after: after.usage },
    documents: { before: before.documents, after: after.documents },
    left: await leftOf(system),
    restless: [...restless, ...atLast],
  };
};
