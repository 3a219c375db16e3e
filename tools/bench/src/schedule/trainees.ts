import {
  commandIdSchema,
  drillSlugSchema,
  phoneSchema,
  promptSlugSchema,
  runIdSchema,
  type Phone,
} from '@stopcovid/contracts';
import { lintFiles, type Drips } from '@stopcovid/drills';
import { partitionOf } from '@stopcovid/kafka';
import type { PhoneSchedule } from '@stopcovid/progress-tracker';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How many partitions the topics of the benchmark have. */
export const partitions = 12;

/** Phones that somebody can have, each another: area codes of the United States, and numbers in them. */
export const phoneAt = (index: number): Phone => {
  const area = 202 + Math.floor(index / 800_000);
  const exchange = 200 + (Math.floor(index / 1_000) % 800);
  return phoneSchema.parse(`+1${area}${exchange}${String(index % 10_000).padStart(4, '0')}`);
};

const handwashing = drillSlugSchema.parse('handwashing');
const run = runIdSchema.parse('run-1');
const howLong = promptSlugSchema.parse('how-long');

/** Somebody in New York who was registered a month ago and finished a drill yesterday; nothing was planned for them yet. */
export const finishedYesterday = (phone: Phone, now: number): PhoneSchedule => ({
  phone,
  partition: partitionOf(phone, partitions),
  version: 1,
  trainee: {
    registered: true,
    optedOut: false,
    employerId: 'acme',
    unitId: null,
    personId: null,
    zone: { name: 'America/New_York', source: 'import' },
    days: null,
    time: null,
    paused: null,
  },
  eligibleSince: now - 30 * dayMs,
  lastStartAt: now - dayMs,
  freeSince: now - dayMs + hourMs,
  running: null,
  heldBack: null,
  drills: [{ drill: handwashing, started: 1, completed: 1 }],
  missed: [],
  nextAt: 0,
  clock: {
    start: null,
    reminder: null,
    abandoned: null,
    paused: null,
    turn: null,
    settledThrough: null,
    tzVersion: null,
    last: [],
  },
});

type Change = (schedule: PhoneSchedule, now: number) => Partial<PhoneSchedule>;

const zoned =
  (zone: string | null): Change =>
  ({ trainee }) => ({
    trainee: { ...trainee, zone: zone === null ? null : { name: zone, source: 'trainee' } },
  });

/** Where trainees are: those of whom no zone is known count as somewhere in the country of their number. */
const zones = ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles', null];

/** What goes on in a trainee's day. */
const situations: readonly Change[] = [
  () => ({}),
  () => ({}),
  (_schedule, now) => ({
    lastStartAt: now - 3 * hourMs,
    freeSince: null,
    running: {
      runId: run,
      lastAnsweredAt: now - 2 * hourMs,
      open: { prompt: howLong, askedAt: now - 2 * hourMs, rung: 0, remindedAt: null },
    },
  }),
  (_schedule, now) => ({
    freeSince: null,
    running: {
      runId: run,
      lastAnsweredAt: now - 26 * hourMs,
      open: { prompt: howLong, askedAt: now - 26 * hourMs, rung: 1, remindedAt: now - 22 * hourMs },
    },
  }),
  (_schedule, now) => ({
    missed: [
      { drill: handwashing, prompt: howLong, missedAt: now - 4 * dayMs, rightAt: [now - dayMs], pauses: [] },
    ],
  }),
  (_schedule, now) => ({ lastStartAt: now - 5 * dayMs, freeSince: now - 5 * dayMs + hourMs }),
  ({ trainee }, now) => ({
    trainee: {
      ...trainee,
      paused: { since: now - 2 * dayMs, until: new Date(now + dayMs).toISOString().slice(0, 10) },
    },
  }),
  (_schedule, now) => ({
    heldBack: {
      occurrence: commandIdSchema.parse('drill-1'),
      reason: 'congestion',
      at: now - hourMs / 4,
      times: 1,
    },
  }),
];

/** So many trainees, of each kind and zone alike. */
export const mixOf = (count: number, now: number): readonly PhoneSchedule[] =>
  Array.from({ length: count }, (_, index) =>
    [
      situations[index % situations.length],
      zoned(zones[Math.floor(index / situations.length) % zones.length] ?? null),
    ].reduce<PhoneSchedule>(
      (schedule, change) => ({ ...schedule, ...change?.(schedule, now) }),
      finishedYesterday(phoneAt(index), now),
    ),
  );

/** Trainees who were hired some days ago, each another number of days. */
export const hired = (schedules: readonly PhoneSchedule[], now: number): readonly PhoneSchedule[] =>
  schedules.map((schedule, index) => {
    const since = now - (index % 20) * dayMs;
    const date = new Date(since).toISOString().slice(0, 10);
    return { ...schedule, trainee: { ...schedule.trainee, dates: { hired: { date, since } } } };
  });

const masks = 'languages: [en]\ntitle: Masks\nprompts:\n  - { slug: bye, messages: Bye }\n';

const message = (days: number) => ({ days, message: { en: 'How are you doing?' } });

/** A drip of five messages and two drills after the first day. */
export const welcome = (): Drips => {
  const written = {
    welcome: {
      from: 'hired',
      time: '10:00',
      steps: {
        'day-1': message(1),
        'day-3': { days: 3, drill: 'masks' },
        'day-7': message(7),
        'day-14': message(14),
        'day-15': { days: 15, drill: 'masks' },
        'day-30': message(30),
        'day-90': message(90),
      },
    },
  };
  const { catalogue, problems } = lintFiles([
    { path: 'course.yaml', text: 'drills: [masks]' },
    { path: 'masks.yaml', text: masks },
    { path: 'drips.json', text: JSON.stringify(written) },
  ]);
  if (catalogue?.drips === undefined) throw new Error(problems.map(({ message: said }) => said).join('; '));
  return catalogue.drips;
};
