import type { Instant, Schedule } from '@stopcovid/calendar';
import { plan } from './plan';
import { howLong } from './schedule.testkit';
import type { Occurrence, Standing } from './standing';

/** What was started or sent, when, and as whom. */
export type Sent = { readonly at: Instant; readonly occurrence: Occurrence; readonly standing: Standing };

/** A trainee's days: the clock that claims what is due, and the projection that keeps where they stand. */
export type Life = {
  readonly standing: () => Standing;
  readonly now: () => Instant;
  readonly sent: () => readonly Sent[];
  readonly change: (change: Partial<Standing>) => void;
  readonly reschedule: (schedule: Schedule) => void;
  /** Time goes by with the clock at work, or without it. */
  readonly pass: (ms: number, clock: 'works' | 'is down') => void;
};

type World = { standing: Standing; schedule: Schedule; now: Instant; readonly sent: Sent[] };

const begun = (
  world: World,
  occurrence: Extract<Occurrence, { kind: 'drill' | 'repeat' }>,
): Partial<Standing> => ({
  lastStartAt: world.now,
  settledThrough: Math.max(world.standing.settledThrough ?? -Infinity, world.now),
  running: {
    runId: occurrence.runId,
    lastAnsweredAt: world.now,
    open: { prompt: howLong, askedAt: world.now, rung: 0, remindedAt: null },
  },
  steps: world.standing.steps.filter(({ step }) => !('step' in occurrence) || step !== occurrence.step),
});

const afterClaim = (world: World, occurrence: Occurrence): Partial<Standing> => {
  const { running, messages } = world.standing;
  switch (occurrence.kind) {
    case 'drill':
    case 'repeat':
      return begun(world, occurrence);
    case 'reminder':
      return running?.open
        ? {
            running: {
              ...running,
              open: { ...running.open, rung: occurrence.rung + 1, remindedAt: world.now },
            },
          }
        : {};
    case 'drip':
    case 'broadcast':
      return { messages: messages.filter(({ id }) => id !== occurrence.message) };
  }
};

const claim = (world: World, occurrence: Occurrence): void => {
  world.sent.push({ at: world.now, occurrence, standing: world.standing });
  world.standing = { ...world.standing, ...afterClaim(world, occurrence) };
};

/** One look at what is due. Answers whether anything was done. */
const work = (world: World): boolean => {
  const { occurrences, passed, abandon } = plan(world.standing, world.schedule, world.now);
  const settled = passed.filter(({ kind }) => kind === 'drill').map(({ at }) => at);
  const over = new Set(passed.flatMap(({ kind, nominal }) => (kind === 'drip' ? [nominal] : [])));
  world.standing = {
    ...world.standing,
    settledThrough: Math.max(world.standing.settledThrough ?? -Infinity, ...settled),
    messages: world.standing.messages.filter(({ id }) => !over.has(id)),
    steps: world.standing.steps.filter(({ step }) => !over.has(step)),
  };
  const due = occurrences.find(({ dueAt }) => dueAt <= world.now);
  if (abandon !== null && abandon.at <= world.now) {
    world.standing = { ...world.standing, running: null, freeSince: world.now };
  } else if (due !== undefined) {
    if (due.notAfter <= world.now) throw new Error(`due and over: ${JSON.stringify(due)}`);
    claim(world, due);
  } else {
    return false;
  }
  return true;
};

const workUntil = (world: World, end: Instant): void => {
  while (world.now < end) {
    while (work(world));
    const { nextAt } = plan(world.standing, world.schedule, world.now);
    world.now = Math.min(end, nextAt ?? end);
  }
};

export const live = (standing: Standing, schedule: Schedule, from: Instant): Life => {
  const world: World = { standing, schedule, now: from, sent: [] };
  return {
    standing: () => world.standing,
    now: () => world.now,
    sent: () => world.sent,
    change: (change) => void (world.standing = { ...world.standing, ...change }),
    reschedule: (given) => void (world.schedule = given),
    pass: (ms, clock) => (clock === 'works' ? workUntil(world, world.now + ms) : void (world.now += ms)),
  };
};
