import { dayMs, hourMs, minuteMs, parseZone, type TimeZone } from '@stopcovid/calendar';
import type { PhoneSchedule, PhoneSchedules } from '@stopcovid/progress-tracker';
import type { Scheduled } from '../invariants';
import { hours, settings } from './course';
import type { World } from './world';
import { everybody } from './workload';

const zoneOf = (name: string): TimeZone => {
  const parsed = parseZone(name);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.value;
};

const zone = zoneOf(settings.zone);

const schedulesIn = async (phoneSchedules: PhoneSchedules): Promise<readonly PhoneSchedule[]> =>
  [...(await phoneSchedules.load(everybody)).values()].flatMap((known) =>
    known.kind === 'readable' ? [known.value] : [],
  );

const nextDue = async ({ kept, scheduler }: World): Promise<number> => {
  const due = (await schedulesIn(kept.phoneSchedules)).flatMap(({ nextAt }) => nextAt ?? []);
  return Math.min(scheduler.now + 6 * hourMs, ...due.filter((at) => at > scheduler.now));
};

const pass = ({ scheduler }: World, ms: number): void => {
  scheduler.note(`${(ms / hourMs).toFixed(1)} h go by`);
  scheduler.jump(ms);
};

/** Hours go by while whatever is under way stands still: up to what is due next, or over it. */
export const passSometimes = async (world: World): Promise<void> => {
  const { chance, scheduler } = world;
  if (!world.livesDays || chance.next() >= 0.015) return;
  const toDue = (await nextDue(world)) - scheduler.now;
  pass(world, chance.pick([toDue, toDue, toDue + 20 * minuteMs, 5 * hourMs, 13 * hourMs]));
};

/** Whose turn has come without the clock having looked. */
export const overdueIn = async ({ kept, scheduler, livesDays: isDue }: World): Promise<readonly string[]> =>
  (isDue ? await schedulesIn(kept.phoneSchedules) : [])
    .filter(({ nextAt }) => nextAt !== null && nextAt <= scheduler.now)
    .map(({ phone }) => `${phone} is due`);

/* Wherever it begins, one window at the least lies in it as a whole. */
const calmMs = 1.5 * dayMs;

/** Nothing fails, and days go by from one thing due to the next, where they do. Answers what does not become quiet. */
export const liveCalmly = async <Stuck>(
  world: World,
  becomesQuiet: () => Promise<Stuck | undefined>,
): Promise<Stuck | undefined> => {
  if (!world.livesDays) return undefined;
  const { scheduler } = world;
  const from = scheduler.now;
  scheduler.note('calm days begin');
  while (scheduler.now < from + calmMs) {
    pass(world, (await nextDue(world)) - scheduler.now);
    const stuck = await becomesQuiet();
    if (stuck !== undefined) return stuck;
  }
  world.calm = { from, to: scheduler.now };
  return undefined;
};

/** What the invariants are told of the schedule. */
export const scheduledIn = async ({ kept, offer, calm }: World): Promise<Scheduled | null> =>
  calm === null
    ? null
    : {
        zone,
        window: { opens: hours.opens * 60, closes: hours.closes * 60 },
        drills: offer.drills,
        calm,
        schedules: await schedulesIn(kept.phoneSchedules),
      };
