import type { DialogEvent, EventBatch, Trainee } from '@stopcovid/contracts';
import type { TraineeProgress } from '../progress/evolve-progress';
import { erases } from '../erasure/erasure';
import { evolveMissed, lengthenAll } from './evolve-missed';
import { isOfDrip } from '../schedule/drip-step';
import { atOnce, untouched, type PhoneSchedule } from './phone-schedule';

type Running = NonNullable<PhoneSchedule['running']>;

type Dates = NonNullable<PhoneSchedule['trainee']['dates']>;

/* A date that changes is still of who has had one of that name; one that comes anew enrols anew. */
const datesOf = (
  told: Trainee['account']['dates'] = {},
  before: Dates = {},
  at: number,
): { dates?: Dates } => {
  const names = Object.entries(told);
  if (names.length === 0) return {};
  return {
    dates: Object.fromEntries(
      names.map(([name, date]) => [name, { date, since: before[name]?.since ?? at }]),
    ),
  };
};

/* A command of a drip that led to something: nothing is owed for its step any more, whatever the clock remembers. */
const dripsOf = (before: PhoneSchedule['drips'] = [], batch: EventBatch): Pick<PhoneSchedule, 'drips'> => {
  const carriedOut = batch.events.some(({ type }) => type === 'MessageRequested' || type === 'DrillStarted');
  const known = isOfDrip(batch.commandId) && carriedOut ? [...before, batch.commandId] : before;
  return known.length === 0 ? {} : { drips: known };
};

const traineeOf = ({ registration, optedOut, profile, account, schedulePaused }: Trainee) => ({
  registered: registration !== null,
  optedOut,
  employerId: account.employerId ?? null,
  unitId: account.unitId ?? null,
  personId: account.personId ?? null,
  zone:
    profile.timeZone === undefined
      ? null
      : { name: profile.timeZone, source: profile.timeZoneSource ?? ('trainee' as const) },
  days: profile.deliveryDays === undefined ? null : [...profile.deliveryDays],
  time: profile.preferredTime ?? null,
  paused:
    schedulePaused === undefined
      ? null
      : { since: Date.parse(schedulePaused.since), until: schedulePaused.until ?? null },
});

const answered = (running: Running | null, at: number, open: Running['open']): Running | null =>
  running === null ? null : { ...running, lastAnsweredAt: at, open };

const asked = (prompt: NonNullable<Running['open']>['prompt'], at: number): Running['open'] => ({
  prompt,
  askedAt: at,
  rung: 0,
  remindedAt: null,
});

const reminded = (running: Running | null, at: number, rung: number | undefined): Running | null => {
  if (!running?.open) return running;
  const { open } = running;
  return { ...running, open: { ...open, rung: rung ?? open.rung + 1, remindedAt: at } };
};

/* An answer that is not right leaves the prompt open, without reminders, until the drill moves on. */
const failed = (running: Running | null, at: number): Running | null =>
  !running?.open ? running : answered(running, at, asked(running.open.prompt, at));

const evolveRunning = (running: Running | null, event: DialogEvent, at: number): Running | null => {
  switch (event.type) {
    case 'DrillStarted':
      return { runId: event.runId, lastAnsweredAt: at, open: asked(event.prompt.slug, at) };
    case 'PromptAdvanced':
      return answered(running, at, asked(event.prompt.slug, at));
    case 'PromptCompleted':
      return answered(running, at, null);
    case 'PromptFailed':
    case 'ReplyUnclear':
      return failed(running, at);
    case 'TraineeReminded':
      return reminded(running, at, event.rung);
    case 'DrillCompleted':
    case 'DrillAbandoned':
      return running?.runId === event.runId ? null : running;
    default:
      return running;
  }
};

const makesEligible: ReadonlySet<DialogEvent['type']> = new Set([
  'TraineeRegistered',
  'TraineeOptedIn',
  'ScheduleResumed',
]);

const evolveHeldBack = (
  before: PhoneSchedule['heldBack'],
  event: DialogEvent,
  at: number,
): PhoneSchedule['heldBack'] => {
  if (event.type === 'DrillStarted') return null;
  if (event.type !== 'DrillPostponed') return before;
  const { occurrence = null, reason } = event;
  return { occurrence, reason, at, times: (before?.times ?? 0) + 1 };
};

const evolveOne = (before: PhoneSchedule, event: DialogEvent, at: number): PhoneSchedule => {
  const running = evolveRunning(before.running, event, at);
  return {
    ...before,
    running,
    missed: evolveMissed(before.missed, event, at),
    heldBack: evolveHeldBack(before.heldBack, event, at),
    ...(event.type === 'DrillStarted' && { lastStartAt: at }),
    ...(before.running !== null && running === null && { freeSince: at }),
    ...(makesEligible.has(event.type) && { eligibleSince: at }),
  };
};

/** The schedule of a phone of which no event was seen but what the tracker knows of it. */
export const beginSchedule = (progress: TraineeProgress, at: number): PhoneSchedule => ({
  phone: progress.phone,
  partition: progress.partition,
  version: 0,
  trainee: traineeOf(progress.trainee),
  eligibleSince: at,
  lastStartAt: null,
  freeSince: null,
  running: null,
  heldBack: null,
  drills: [],
  missed: [],
  nextAt: atOnce,
  clock: untouched,
});

const afterPause = (before: PhoneSchedule, next: PhoneSchedule, at: number): PhoneSchedule =>
  before.trainee.paused === null || next.trainee.paused?.since === before.trainee.paused.since
    ? next
    : { ...next, missed: lengthenAll(next.missed, { from: before.trainee.paused.since, to: at }) };

/**
 * A phone's schedule after a batch, of which `progress` is what the tracker knows after it. Whatever happened, the clock
 * looks at it at once. A phone that an earlier release knew has none, until a rebuild makes it from all its batches.
 */
export const evolveSchedule = (
  before: PhoneSchedule | undefined,
  batch: EventBatch,
  progress: TraineeProgress,
): PhoneSchedule | undefined => {
  if (before === undefined && batch.version > 1) return undefined;
  const at = Date.parse(batch.at);
  if (before !== undefined && before.version >= batch.version) return before;
  const base = before === undefined || erases(batch) ? beginSchedule(progress, at) : before;
  const told = batch.events.reduce((sofar, event) => evolveOne(sofar, event, at), base);
  const next: PhoneSchedule = {
    ...told,
    version: batch.version,
    partition: progress.partition,
    trainee: {
      ...traineeOf(progress.trainee),
      ...datesOf(progress.trainee.account.dates, base.trainee.dates, at),
    },
    ...dripsOf(base.drips, batch),
    drills: progress.drills.map((each) => ({ ...each })),
    nextAt: atOnce,
  };
  return afterPause(base, next, at);
};
