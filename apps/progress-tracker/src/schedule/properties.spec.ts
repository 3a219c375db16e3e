import { addDays, hourMs, minuteMs, type Instant } from '@stopcovid/calendar';
import fc from 'fast-check';
import { live, type Life, type Sent } from './lived.testkit';
import { at, date, handwashing, howLong, schedule, trainee, zone } from './schedule.testkit';

const dayMs = 24 * hourMs;

const zones = [
  ...[
    'America/New_York',
    'America/Los_Angeles',
    'Pacific/Auckland',
    'Pacific/Honolulu',
    'Pacific/Kiritimati',
  ],
  ...['Australia/Lord_Howe', 'Africa/Cairo', 'Africa/Casablanca', 'Asia/Kolkata', 'UTC'],
];
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const clockTime = fc
  .integer({ min: 0, max: 24 * 4 - 1 })
  .map(
    (quarter) =>
      `${`${Math.floor(quarter / 4)}`.padStart(2, '0')}:${`${(quarter % 4) * 15}`.padStart(2, '0')}`,
  );
const window = fc
  .record({ opens: clockTime, closes: clockTime })
  .filter(({ opens, closes }) => opens !== closes);
const common = {
  time: fc.oneof(clockTime, fc.constant('none')),
  window,
  spreadMinutes: fc.constantFrom(0, 30, 180),
  reminders: fc.constantFrom([], [4, 24], [1, 1, 1]),
  unfinished: fc.constantFrom('wait', { expireAfterDays: 1 }, { expireAfterDays: 3 }),
};
const settings = fc.record({
  ...common,
  days: fc.subarray(weekdays, { minLength: 1 }),
  blackoutDates: fc.subarray(['2026-03-07', '2026-03-08', '2026-03-10', '2026-03-12']),
});
type Settings = typeof settings extends fc.Arbitrary<infer Given> ? Given : never;

const step = fc.oneof(
  fc.record({ does: fc.constant('waits' as const), hours: fc.integer({ min: 0, max: 30 }) }),
  fc.record({ does: fc.constant('is down' as const), hours: fc.integer({ min: 0, max: 40 }) }),
  fc.record({ does: fc.constant('answers' as const), minutes: fc.integer({ min: 0, max: 600 }) }),
  fc.record({ does: fc.constant('moves' as const), to: fc.constantFrom(...zones) }),
  fc.record({ does: fc.constantFrom('pauses', 'resumes', 'stops', 'starts') }),
  fc.record({ does: fc.constant('reschedules' as const), settings }),
  fc.record({ does: fc.constant('edits' as const), days: fc.integer({ min: -5, max: 10 }) }),
);
type Step = typeof step extends fc.Arbitrary<infer Given> ? Given : never;

const free = (life: Life): void => {
  if (life.standing().running !== null) life.change({ running: null, freeSince: life.now() });
};

/** The date that the steps are counted from is another: what has not gone out moves with it. */
const editDate = (life: Life, days: number): void => {
  const { messages, steps } = life.standing();
  life.change({
    messages: messages.map((each) => ({ ...each, date: addDays(each.date, days) })),
    steps: steps.map((each) => ({ ...each, date: addDays(each.date, days) })),
  });
};

const take = (life: Life, one: Step): void => {
  if ('hours' in one) life.pass(one.hours * hourMs, one.does === 'is down' ? 'is down' : 'works');
  else if ('minutes' in one) {
    life.pass(one.minutes * minuteMs, 'works');
    free(life);
  } else if ('to' in one) life.change({ zone: { name: zone(one.to), source: 'trainee' } });
  else if ('settings' in one) life.reschedule(schedule(one.settings));
  else if ('days' in one) editDate(life, one.days);
  else if (one.does === 'pauses') life.change({ paused: { until: null } });
  else if (one.does === 'resumes') life.change({ paused: null, eligibleSince: life.now() });
  else if (one.does === 'stops') life.change({ optedOut: true, running: null });
  else life.change({ optedOut: false, eligibleSince: life.now() });
};

const shown = (name: string, instant: Instant) => {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: name,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    weekday: part('weekday').slice(0, 3).toLowerCase(),
    time: `${part('hour')}:${part('minute')}`,
  };
};

type Opening = Settings['window'];

const openIn = ({ opens, closes }: Opening, time: string) => ({
  today: time >= opens && (closes < opens || time < closes),
  sinceYesterday: closes < opens && time < closes,
});

/** Said once more in other words than the planner’s: by Intl, and by texts. */
const insideWindow = (given: Settings, { at: instant, standing }: Sent): boolean => {
  const now = shown(standing.zone?.name ?? 'UTC', instant);
  const before = shown('UTC', Date.parse(now.date) - dayMs);
  const delivers = ({ date, weekday }: { date: string; weekday: string }) =>
    given.days.includes(weekday) && !given.blackoutDates.includes(date);
  const { today, sinceYesterday } = openIn(given.window, now.time);
  if (given.blackoutDates.includes(now.date)) return false;
  return (today && delivers(now)) || (sinceYesterday && delivers(before));
};

const stepIn = (occurrence: Sent['occurrence']): string | undefined => {
  if (occurrence.kind === 'drip') return occurrence.message;
  return occurrence.kind === 'drill' ? (occurrence.step ?? undefined) : undefined;
};

const isStart = ({ occurrence }: Sent): boolean =>
  occurrence.kind === 'drill' || occurrence.kind === 'repeat';

const ofDrip = fc.record({
  day: fc.integer({ min: -2, max: 15 }),
  minute: fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15),
  keepDays: fc.constantFrom(0, 0, 3),
  brings: fc.constantFrom('words', 'a drill'),
});
type OfDrip = typeof ofDrip extends fc.Arbitrary<infer Given> ? Given : never;

const hiredOn = date('2026-03-05');

/** What waits of a drip at the beginning: words and drills. */
const dripOf = (given: readonly OfDrip[], enrolledAt: Instant) => {
  const common = given.map(({ day, minute, keepDays, brings }, index) => ({
    step: `welcome/${index}`,
    brings,
    date: addDays(hiredOn, day),
    minute,
    keepDays,
    enrolledAt,
  }));
  return {
    messages: common.flatMap(({ step: id, brings, ...one }) =>
      brings === 'words' ? [{ kind: 'drip' as const, id, ...one }] : [],
    ),
    steps: common.flatMap(({ brings, ...one }) =>
      brings === 'words' ? [] : [{ ...one, drill: handwashing, tries: 0 }],
    ),
  };
};

type Story = {
  readonly given: Settings;
  readonly steps: readonly Step[];
  readonly where: string;
  readonly drip: readonly OfDrip[];
  readonly left: 'drills' | 'repeats';
};
const story: fc.Arbitrary<Story> = fc.record({
  drip: fc.array(ofDrip, { maxLength: 6 }),
  left: fc.constantFrom('drills' as const, 'repeats' as const),
  given: settings,
  steps: fc.array(step, { maxLength: 25 }),
  where: fc.constantFrom(...zones),
});

/** What there is to learn: drills for ever, or a question that is due for ever. */
const contentOf = (left: Story['left']) =>
  left === 'drills'
    ? {}
    : {
        nextDrill: null,
        missed: [{ drill: handwashing, prompt: howLong, dueOn: hiredOn, step: 0, rightInARow: 0 }],
      };

/** Lives a story, and hands every text to the check with the settings under which it went out. */
const told = (
  { given, steps, where, drip, left }: Story,
  check: (sent: Sent, before: readonly Sent[], given: Settings) => void,
) => {
  const begin = at('2026-03-05T00:00Z');
  const standing = trainee(where, { eligibleSince: begin, ...contentOf(left), ...dripOf(drip, begin) });
  const life = live(standing, schedule(given), begin);
  let applies = given;
  for (const one of steps) {
    const known = life.sent().length;
    take(life, one);
    life
      .sent()
      .slice(known)
      .forEach((sent, index) => check(sent, life.sent().slice(0, known + index), applies));
    if ('settings' in one) applies = one.settings;
  }
};

const holds = (check: (sent: Sent, before: readonly Sent[], given: Settings) => void) =>
  fc.assert(
    fc.property(story, (one) => told(one, check)),
    { numRuns: 200 },
  );

describe('whatever schedules, drips, zones, answers and outages do', () => {
  it('two drills never start in one local day, nor within twelve hours', () =>
    holds((sent, before) => {
      const last = before.filter(isStart).at(-1);
      if (!isStart(sent) || last === undefined) return;
      const name = sent.standing.zone?.name ?? 'UTC';
      expect(shown(name, sent.at).date).not.toBe(shown(name, last.at).date);
      expect(sent.at - last.at).toBeGreaterThanOrEqual(12 * hourMs);
    }));

  it('nothing goes out outside the delivery window', () =>
    holds((sent, _, given) => expect([sent.at, insideWindow(given, sent)]).toEqual([sent.at, true])));

  it('nothing goes to who has opted out or paused', () =>
    holds(({ standing }) => expect([standing.optedOut, standing.paused]).toEqual([false, null])));

  it('no id is used twice, and no step of a drip comes twice or before its day', () =>
    holds(({ occurrence, standing }, before) => {
      expect(before.map((one) => one.occurrence.commandId)).not.toContain(occurrence.commandId);
      const name = stepIn(occurrence);
      if (name === undefined) return;
      expect(before.map((one) => stepIn(one.occurrence))).not.toContain(name);
      const planned = [
        ...standing.messages.map(({ id, date: day }) => ({ step: id, date: day })),
        ...standing.steps,
      ];
      const day = planned.find(({ step: known }) => known === name)?.date ?? '9999';
      expect(shown(standing.zone?.name ?? 'UTC', occurrence.dueAt).date >= day).toBe(true);
    }));
});

type Outage = { readonly from: Instant; readonly to: Instant };

/** How long each outage of this time lasted, and a day for each. */
const excusedMs = (outages: readonly Outage[], from: Instant, to: Instant): number =>
  outages
    .map((one) => Math.min(to, one.to) - Math.max(from, one.from))
    .filter((overlap) => overlap > 0)
    .reduce((sum, overlap) => sum + overlap + dayMs, 0);

/** Drills are answered within the hour; then the clock works, and is down, and works on for three days. */
const lived = (
  life: Life,
  hours: readonly { readonly up: number; readonly down: number }[],
): readonly Outage[] => {
  const outages: Outage[] = [];
  for (const { up, down } of [...hours, { up: 72, down: 0 }]) {
    for (let hour = 0; hour < up; hour += 1) {
      life.pass(hourMs, 'works');
      free(life);
    }
    outages.push({ from: life.now(), to: life.now() + down * hourMs });
    life.pass(down * hourMs, 'is down');
  }
  return outages;
};

it('nobody eligible is forgotten for longer than an outage and a day', () =>
  fc.assert(
    fc.property(
      fc.record({ ...common, unfinished: fc.constant('wait' as const) }),
      fc.constantFrom(...zones),
      fc.array(fc.record({ up: fc.integer({ min: 0, max: 60 }), down: fc.integer({ min: 0, max: 60 }) }), {
        maxLength: 8,
      }),
      (given, where, hours) => {
        const begin = at('2026-03-05T00:00Z');
        const life = live(trainee(where, { eligibleSince: begin }), schedule(given), begin);
        const outages = lived(life, hours);
        const starts = life.sent().filter(isStart);
        const owed = [begin, ...starts.map((one) => one.at)].map((instant) => instant + dayMs);
        const came = [...starts.map((one) => one.at), life.now()];
        const changeOfClocksMs = hourMs;
        for (const [index, since] of owed.entries()) {
          const until = came[index] ?? since;
          const excused = Math.max(dayMs, excusedMs(outages, since - dayMs, until)) + changeOfClocksMs;
          expect(until - since).toBeLessThanOrEqual(excused);
        }
      },
    ),
    { numRuns: 100 },
  ));
