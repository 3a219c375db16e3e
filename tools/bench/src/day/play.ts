import { setTimeout as pause } from 'node:timers/promises';
import type { Instant } from '@stopcovid/calendar';
import { untilQuiet } from '@stopcovid/faults';
import { say } from '../kit';
import { sum } from '../kit/numbers';
import {
  acceptedAfter,
  ask,
  letPeopleAnswer,
  letPeopleTakeTurns,
  sendPeopleAway,
  textsBy,
  untilSilent,
  untilTexted,
  write,
} from './crowd';
import { leadMs, openForMs, restWithinMs } from './durations';
import { enrol, setSchedule, withDatabase, type Hours } from './enrol';
import { leftOf } from './left';
import { minuteAfter, timeIn, zoneAtNine } from './nine-oclock';
import { hardOpenForMs, type Options } from './options';
import { newestAccepted, timesWritten } from './pages';
import { peopleOf, type People } from './people';
import type { Played, Used } from './played';
import { textsOf } from './sizing/constants';
import { measured } from './sizing/measured';
import { documentSizes } from './stored';
import type { DaySystem } from './system';
import { lookOn, usageOf } from './usage';
import { middleOf, rateIn, type Span } from './waits';

const replyWithinMs = 10_000;
const lookEveryMs = 5;

/** Texts of people whom nobody knows, one after the other: each is answered before the next is written. */
const writeWhileIdle = async ({ emulator }: DaySystem, { idleTexts }: Options): Promise<Span> => {
  say(`${idleTexts} texts one after the other`);
  const from = Date.now();
  let last = await newestAccepted((path) => ask(emulator, path));
  for (let index = 0; index < idleTexts; index += 1) {
    const phone = `+1202555${String(1_000 + index)}`;
    await write(emulator, phone, 'hello');
    const until = Date.now() + replyWithinMs;
    for (let isAnswered = false; !isAnswered && Date.now() < until;) {
      const rows = await acceptedAfter(emulator, last);
      isAnswered = rows.some(({ to }) => to === phone);
      last = rows.at(-1)?.sequence ?? last;
      await pause(lookEveryMs);
    }
    await pause(100);
  }
  return { from, to: Date.now() };
};

const afterCrowdMs = 2_500;

/** Resolves when nothing happens any more; answers what went on beyond the limit. */
const comeToRest = async (system: DaySystem, options: Options): Promise<readonly string[]> => {
  try {
    await untilQuiet(system, restWithinMs(options));
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
};

/* As many for each trainee as on days that were played. */
const textsExpected = ({ trainees }: Options): number => {
  const days = measured.map(({ figures }) => figures);
  return (trainees * sum(days.map(textsOf))) / sum(days.map((day) => day.trainees));
};

/* Those that were held back come later, until the window closes. */
const startsLeft = async (system: DaySystem, { closesAt }: Hours): Promise<number> => {
  if (Date.now() >= closesAt) return 0;
  return withDatabase(system, (connection) =>
    connection.collection('schedule').countDocuments({ nextAt: { $lte: closesAt } }),
  );
};

const lookForStartsEveryMs = 10_000;

/** Resolves when no start is left, people are silent and the system rests, all at once; answers what went on beyond the limit. */
const untilOver = async (system: DaySystem, options: Options, hours: Hours): Promise<readonly string[]> => {
  const expected = textsExpected(options);
  for (;;) {
    await untilSilent(system.emulator, { forMs: options.thinkMs + afterCrowdMs, expected });
    const before = await textsBy(system.emulator);
    const restless = await comeToRest(system, options);
    const left = await startsLeft(system, hours);
    if (left > 0) {
      say(`${left.toLocaleString('en-US')} drills were held back and come later`);
      await pause(lookForStartsEveryMs);
    } else if (restless.length > 0 || (await textsBy(system.emulator)) === before) return restless;
  }
};

/** Does something, and looks at all processes before and after it. */
const around = async (system: DaySystem, work: () => Promise<unknown>): Promise<Used> => {
  const [from, before] = [Date.now(), usageOf(system.processes)];
  await work();
  return { span: { from, to: Date.now() }, usage: { before, after: usageOf(system.processes) } };
};

const warmersAtOnce = 20;
const warmEveryMs = 200;

/* Strangers write so that code is compiled before anything is measured: a cold process costs several times as much. */
const warmUp = async (system: DaySystem, options: Options): Promise<void> => {
  const { warmTexts } = options;
  if (warmTexts === 0) return;
  say(`${warmTexts.toLocaleString('en-US')} texts of strangers, so that all is warm`);
  const phones = Array.from({ length: warmersAtOnce }, (_, index) => `+1202555${2_000 + index}`);
  for (let written = 0; written < warmTexts; written += warmersAtOnce) {
    const some = phones.slice(0, Math.min(warmersAtOnce, warmTexts - written));
    await Promise.all(some.map((phone) => write(system.emulator, phone, 'hello')));
    await pause(warmEveryMs);
  }
  await comeToRest(system, options);
};

/* What a system costs to which nothing happens. */
const lieStill = async (system: DaySystem, { restSeconds }: Options): Promise<Used | null> => {
  if (restSeconds === 0) return null;
  say(`${restSeconds} s in which nothing happens`);
  return around(system, () => pause(restSeconds * 1_000));
};

/* In the zone that people were enrolled in, whatever hour it is there by now. */
const hoursOf = (options: Options, zone: Hours['zone']): Hours => {
  const startsAt = minuteAfter(Date.now(), leadMs(options));
  const openMs = options.crowd === 'hard' ? hardOpenForMs : openForMs(options);
  return { zone, startsAt, closesAt: minuteAfter(startsAt, openMs) };
};

const untilInstant = async (at: Instant): Promise<void> => pause(Math.max(0, at - Date.now()));

/** After the day, half of what it sustained is kept up for a while. */
const playHalf = async (
  system: DaySystem,
  played: { people: People; options: Options; day: Span },
): Promise<Used | null> => {
  const { people, options, day } = played;
  if (options.halfSeconds === 0) return null;
  const times = await timesWritten((path) => ask(system.emulator, path));
  const middle = middleOf(times, day);
  if (middle === null) return null;
  const perSecond = Math.max(1, Math.round(rateIn(times, middle) / 2));
  say(`${perSecond} texts a second for ${options.halfSeconds} s: half of what the day sustained`);
  const turns = { perSecond, seconds: options.halfSeconds, seed: options.seed + 1 };
  return around(system, () => letPeopleTakeTurns(system.emulator, people, { options, turns }));
};

/* Most of a day is one: few texts, and each a batch of its own. */
const playTrickle = async (system: DaySystem, people: People, options: Options): Promise<Used | null> => {
  const { tricklePerSecond: perSecond, trickleSeconds: seconds } = options;
  if (seconds === 0) return null;
  say(`${perSecond} texts a second for ${seconds} s: a trickle`);
  const turns = { perSecond, seconds, seed: options.seed + 2 };
  return around(system, () => letPeopleTakeTurns(system.emulator, people, { options, turns }));
};

/** Plays a day from enrolment until nothing is left to do. */
export const playDay = async (system: DaySystem, options: Options): Promise<Played> => {
  const people = peopleOf(options);
  const zone = zoneAtNine(minuteAfter(Date.now(), leadMs(options)));
  await enrol(system, people, zone);
  await comeToRest(system, options);
  await warmUp(system, options);
  const rest = await lieStill(system, options);
  const idle = await writeWhileIdle(system, options);
  const hours = hoursOf(options, zone);
  say(`drills come at ${timeIn(hours.zone, hours.startsAt)} in ${hours.zone}`);
  await setSchedule(system, people, hours);
  const before = { usage: usageOf(system.processes), documents: await documentSizes(system) };
  await letPeopleAnswer(system.emulator, people, options);
  const watched = lookOn(system.processes);
  await untilInstant(hours.startsAt);
  say('the day begins');
  await untilTexted(system.emulator, hours.closesAt);
  const restless = await untilOver(system, options, hours);
  watched.stop();
  await sendPeopleAway(system.emulator);
  const day = { from: hours.startsAt, to: Date.now() };
  const after = { usage: usageOf(system.processes), documents: await documentSizes(system) };
  const half = await playHalf(system, { people, options, day });
  const afterHalf = half === null ? [] : await comeToRest(system, options);
  const trickle = await playTrickle(system, people, options);
  const atLast = trickle === null ? [] : await comeToRest(system, options);
  return {
    people,
    hours,
    idle,
    day,
    half,
    trickle,
    rest,
    usage: { before: before.usage, after: after.usage },
    looks: watched.looks,
    documents: { before: before.documents, after: after.documents },
    left: await leftOf(system),
    restless: [...restless, ...afterHalf, ...atLast],
  };
};
