import {
  instantOf,
  parseDate,
  parseZone,
  wallClock,
  type Instant,
  type Schedule,
  type TimeZone,
} from '@stopcovid/calendar';
import type { DrillSlug } from '@stopcovid/contracts';
import { lengthened, missed, rightAgain } from '../schedule/repeats';
import { placeOf } from '../schedule/situation';
import type { MissedPrompt, PendingDrill, RunningDrill, Standing } from '../schedule/standing';
import type { MissedAnswer, PhoneSchedule } from './phone-schedule';
import type { WaitingMessage } from './waiting-messages';

/** What the planner needs to know of a phone beside its own document. */
export type Around = {
  readonly applies: Schedule;
  /** Whether this is the phone that its person registered last. */
  readonly active: boolean;
  readonly nextDrill: DrillSlug | null;
  /** Whether no drill is left once this one is done. */
  readonly isLast?: (drill: DrillSlug) => boolean;
  /** The messages that wait for it. */
  readonly messages: readonly WaitingMessage[];
  /** The drills of drips that wait for it. */
  readonly steps: readonly PendingDrill[];
  readonly now: Instant;
};

const latest = (...instants: readonly (Instant | null)[]): Instant | null =>
  instants.reduce((so, at) => (at !== null && at > (so ?? -Infinity) ? at : so), null);

const zoneIn = ({ trainee: { zone } }: PhoneSchedule): Standing['zone'] => {
  const parsed = zone === null ? undefined : parseZone(zone.name);
  return zone !== null && parsed?.ok ? { name: parsed.value, source: zone.source } : null;
};

/** Whether the engine held back the very start that was published last. */
export const isHeldBack = ({ heldBack, clock: { start } }: PhoneSchedule): boolean =>
  heldBack !== null &&
  start !== null &&
  (heldBack.occurrence === null ? heldBack.at >= start.at : heldBack.occurrence === start.commandId);

const isAbandoned = ({ running, clock: { abandoned } }: PhoneSchedule): boolean =>
  running !== null && running.runId === abandoned?.runId;

const runningIn = (schedule: PhoneSchedule): RunningDrill | null => {
  const { running, clock } = schedule;
  if (!running?.open || isAbandoned(schedule)) return isAbandoned(schedule) ? null : running;
  const { open } = running;
  const sent = clock.reminder;
  const isOfIt =
    sent?.runId === running.runId && sent.prompt === open.prompt && sent.askedAt === open.askedAt;
  if (sent === null || !isOfIt) return running;
  const rung = Math.max(open.rung, sent.rung + 1);
  return { ...running, open: { ...open, rung, remindedAt: latest(open.remindedAt, sent.at) } };
};

const dateIn = (zone: TimeZone, at: Instant) => wallClock(zone, at).date;

const pausedIn = ({ trainee: { paused } }: PhoneSchedule, zone: TimeZone | undefined): Standing['paused'] => {
  if (paused === null) return null;
  const date = paused.until === null ? undefined : parseDate(paused.until);
  if (zone === undefined || !date?.ok) return { until: null };
  return { until: instantOf(zone, date.value, 0) };
};

const missedIn = (item: MissedAnswer, applies: Schedule, zone: TimeZone): readonly MissedPrompt[] => {
  const ladder = applies.repeats;
  if (ladder === null) return [];
  const { drill, prompt, missedAt, rightAt, pauses } = item;
  const begun = missed(ladder, { drill, prompt }, dateIn(zone, missedAt));
  const now = rightAt.reduce<MissedPrompt | null>(
    (sofar, at) => (sofar === null ? null : rightAgain(ladder, sofar, dateIn(zone, at))),
    begun,
  );
  if (now === null) return [];
  const dates = pauses.map(({ from, to }) => ({ from: dateIn(zone, from), to: dateIn(zone, to) }));
  return [dates.reduce(lengthened, now)];
};

/* A pause that ends by itself says so nowhere: who waits is lengthened by what has passed of it. */
const withOpenPause = (
  { missed: items, trainee: { paused } }: PhoneSchedule,
  until: Instant | null | undefined,
  now: Instant,
): PhoneSchedule['missed'] => {
  if (paused === null || until === null || until === undefined || until > now) return items;
  return items.map((item) => ({ ...item, pauses: [...item.pauses, { from: paused.since, to: until }] }));
};

const postponedIn = (schedule: PhoneSchedule, zone: TimeZone | undefined): Standing['postponed'] => {
  const { heldBack, clock } = schedule;
  if (heldBack === null || zone === undefined) return null;
  const planned = isHeldBack(schedule) && clock.start !== null ? parseDate(clock.start.date) : undefined;
  const date = planned?.ok ? planned.value : dateIn(zone, heldBack.at);
  return { date, rounds: heldBack.times, at: heldBack.at };
};

const basicsOf = (schedule: PhoneSchedule, { active, nextDrill, messages, steps }: Around): Standing => {
  const { phone, trainee, clock, eligibleSince } = schedule;
  const published = clock.start === null || isHeldBack(schedule) ? null : clock.start.at;
  const lastStartAt = latest(schedule.lastStartAt, published);
  return {
    phone,
    registered: trainee.registered,
    optedOut: trainee.optedOut,
    active,
    paused: null,
    zone: zoneIn(schedule),
    eligibleSince,
    lastStartAt,
    freeSince: latest(schedule.freeSince, isAbandoned(schedule) ? (clock.abandoned?.at ?? null) : null),
    settledThrough: latest(clock.settledThrough, lastStartAt),
    postponed: null,
    running: runningIn(schedule),
    nextDrill,
    missed: [],
    messages,
    steps,
  };
};

/** Where a phone's trainee stands: what events tell of them, and what the clock has published since. */
export const standingOf = (schedule: PhoneSchedule, around: Around): Standing => {
  const basics = basicsOf(schedule, around);
  const zone = placeOf(basics, around.applies)?.zones[0];
  const paused = pausedIn(schedule, zone);
  const items = withOpenPause(schedule, paused?.until, around.now);
  return {
    ...basics,
    paused,
    postponed: postponedIn(schedule, zone),
    missed: zone === undefined ? [] : items.flatMap((item) => missedIn(item, around.applies, zone)),
  };
};
