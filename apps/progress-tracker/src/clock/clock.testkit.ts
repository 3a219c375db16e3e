import { scheduleSettingsSchema, type Instant, type ScheduleSettings } from '@stopcovid/calendar';
import {
  commandIdSchema,
  decodeCommand,
  timestampSchema,
  traineeSchema,
  type DialogCommand,
  type DialogEvent,
} from '@stopcovid/contracts';
import { lintFiles, type Drips } from '@stopcovid/drills';
import { evolveProgress, type TraineeProgress } from '../progress/evolve-progress';
import { inMemoryBroadcasts } from '../broadcasts/in-memory-broadcasts';
import { isLast, nextOf } from '../progress/follow-up';
import { inMemorySchedules } from '../schedules/in-memory-schedules';
import { batchOf, event, maria, offering, registered, started } from '../tracker.testkit';
import { ScheduleAgenda } from './agenda';
import { Clock, type ClockParts, type TickReport } from './clock';
import { evolveSchedule } from './evolve-schedule';
import { inMemoryPhoneSchedules } from './in-memory-phone-schedules';
import { untouched, type PhoneSchedule } from './phone-schedule';

const iso = (at: Instant): string => new Date(at).toISOString();

/** The profile of somebody in this zone, with these wishes. */
export const profileIn = (timeZone: string, wishes: object = {}): object => ({
  profile: { language: 'en', answers: {}, timeZone, ...wishes },
});

/** A publisher that keeps the commands it is given; a record that is none is a mistake of the test's. */
export const collecting = (commands: DialogCommand[]): ClockParts['publisher'] => ({
  publish: (_topic, records) => {
    for (const { value } of records) {
      const read = decodeCommand(value ?? '');
      if (!read.ok) throw new Error(read.error.reason);
      commands.push(read.value);
    }
    return Promise.resolve();
  },
});

type ClockStores = Pick<ClockParts, 'phones' | 'schedules'>;

const inMemoryStores = (): ClockStores => ({
  phones: inMemoryPhoneSchedules(),
  schedules: inMemorySchedules(),
});

const masks = 'languages: [en]\ntitle: Masks\nprompts:\n  - { slug: bye, messages: Bye }\n';

/** Drips as their file would say them, of which one may give the drill `masks`. */
export const dripsOf = (written: object): Drips => {
  const { catalogue, problems } = lintFiles([
    { path: 'course.yaml', text: 'drills: [masks]' },
    { path: 'masks.yaml', text: masks },
    { path: 'drips.json', text: JSON.stringify(written) },
  ]);
  if (catalogue?.drips === undefined) throw new Error(problems.map(({ message }) => message).join('; '));
  return catalogue.drips;
};

/** One phone, its events and the clock, in a time that the test moves. */
export const clockWorld = (
  given: object | null,
  from: string,
  around: Partial<ClockStores> & {
    readonly drips?: Drips | undefined;
    readonly course?: readonly string[];
  } = {},
) => {
  let now: Instant = Date.parse(from);
  let { drips } = around;
  let organisation: ScheduleSettings | undefined =
    given === null ? undefined : scheduleSettingsSchema.parse(given);
  let trainee: object = profileIn('America/New_York');
  let progress: TraineeProgress | undefined;
  const { phones, schedules } = { ...inMemoryStores(), ...around };
  const agenda = new ScheduleAgenda();
  const noted = agenda.noting(phones);
  const commands: DialogCommand[] = [];
  const ticks: TickReport[] = [];

  const stored = async (): Promise<PhoneSchedule | undefined> => {
    const known = (await phones.load([maria])).get(maria);
    return known?.kind === 'readable' ? known.value : undefined;
  };
  /** A batch of the engine is folded, as the tracker does. */
  const hears = async (
    events: readonly DialogEvent[],
    about: object = trainee,
    because?: string,
  ): Promise<void> => {
    trainee = about;
    const batch = {
      ...batchOf((progress?.version ?? 0) + 1, events, {
        trainee: traineeSchema.parse({ ...registered, ...trainee }),
      }),
      at: timestampSchema.parse(iso(now)),
      ...(because !== undefined && { commandId: commandIdSchema.parse(because) }),
    };
    progress = evolveProgress(progress, batch, { partition: 0, offset: '1' });
    const before = await stored();
    const next = evolveSchedule(before, batch, progress);
    if (next !== undefined) await noted.save([{ before, next }]);
  };
  const parts = (changes: Partial<ClockParts> = {}): ClockParts => ({
    phones,
    agenda,
    schedules,
    messages: inMemoryBroadcasts(),
    organisation: () => organisation,
    offer: () => ({ ...offering(...(around.course ?? ['one', 'two', 'three'])), ...(drips && { drips }) }),
    nextDrill: nextOf,
    isLast,
    active: (all) => Promise.resolve(new Set(all.map(({ phone }) => phone))),
    publisher: collecting(commands),
    held: () => ({ partitions: [0], joins: 1 }),
    now: () => Promise.resolve(now),
    everyMs: 1_000,
    pause: () => Promise.resolve(),
    onTick: (tick) => void ticks.push(tick),
    onTrouble: () => undefined,
    ...changes,
  });
  const clock = new Clock(parts());
  return {
    phones,
    agenda,
    schedules,
    commands,
    ticks,
    stored,
    hears,
    /** Another owner, or one in trouble. */
    clockWith: (changes: Partial<ClockParts>) =>
      new Clock(parts({ agenda: new ScheduleAgenda(), ...changes })),
    registers: () => hears([event('TraineeRegistered'), started('one')]),
    reschedules: (settings: object) => void (organisation = scheduleSettingsSchema.parse(settings)),
    drips: (written: Drips) => void (drips = written),
    /** The document was made anew, from events alone. */
    forgets: async () => {
      const before = await stored();
      if (before !== undefined)
        await noted.save([{ before, next: { ...before, nextAt: 0, clock: untouched } }]);
    },
    at: (instant: string) => void (now = Date.parse(instant)),
    /** The clock looks until it has nothing to do; answers what it published meanwhile. */
    ticksAt: async (instant: string): Promise<readonly DialogCommand[]> => {
      now = Date.parse(instant);
      const known = commands.length;
      for (let again = 0; again < 5; again += 1) await clock.tick();
      return commands.slice(known);
    },
  };
};
