import fc from 'fast-check';
import type { DialogCommand, Phone } from '@stopcovid/contracts';
import { event } from '../tracker.testkit';
import { broadcastWorld, phoneOf, type Person } from './broadcasts.testkit';
import { confirmBroadcast } from './operate';

const zones = [
  'America/New_York',
  'America/Los_Angeles',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'Europe/London',
];
const start = Date.parse('2026-10-30T00:00Z');
const hour = 3_600_000;
const people = 5;

type Message = Extract<DialogCommand, { type: 'SendMessage' }>;
type World = ReturnType<typeof broadcastWorld>;

const happening = fc.oneof(
  fc.record({
    kind: fc.constant('broadcast' as const),
    past: fc.constantFrom('nextDay', 'skip'),
    nine: fc.boolean(),
  }),
  fc.record({ kind: fc.constantFrom('optOut' as const, 'pause' as const), who: fc.nat(people - 1) }),
  fc.record({ kind: fc.constant('move' as const), who: fc.nat(people - 1), zone: fc.constantFrom(...zones) }),
  fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }),
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

const hourIn = (timeZone: string, at: number): number =>
  Number(new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone }).format(at));

const iso = (at: number): string => new Date(at).toISOString();

/** What goes out while all of it happens, the clock looking twice an hour; `silent` says from when nobody may be written to. */
const live = async (happenings: readonly Happening[]) => {
  const world: World = broadcastWorld(iso(start));
  const persons = Array.from({ length: people }, (_, who): Person => ({ zone: zones[who] ?? '' }));
  const silent = new Map<Phone, number>();
  const sent: { readonly at: number; readonly hour: number; readonly message: Message }[] = [];
  let now = start;
  const change = async (
    who: number,
    person: Person,
    type: 'TraineeUpdated' | 'TraineeOptedOut' | 'SchedulePaused',
  ) => {
    persons[who] = { ...persons[who], ...person };
    if (type !== 'TraineeUpdated') silent.set(phoneOf(who), now);
    await world.hears(phoneOf(who), persons[who], [event(type)]);
  };
  const wait = async (hours: number): Promise<void> => {
    for (const until = now + hours * hour; now < until; now += hour / 2)
      for (const message of await world.ticksAt(iso(now))) {
        const person = persons.find((_, who) => phoneOf(who) === message.phone);
        sent.push({ at: now, hour: hourIn(person?.zone ?? '', now), message });
      }
    world.at(iso(now));
  };
  const happen = async (one: Happening): Promise<unknown> => {
    switch (one.kind) {
      case 'broadcast': {
        const at = { date: iso(now).slice(0, 10), time: '09:00', past: one.past };
        const content = { audience: { everybody: true }, texts: { en: 'Hello' }, keepHours: 48 };
        return confirmBroadcast(one.nine ? { ...content, at } : content, { by: 'spec' }, world.parts);
      }
      case 'optOut':
        return change(one.who, { trainee: { optedOut: true } }, 'TraineeOptedOut');
      case 'pause':
        return change(
          one.who,
          { trainee: { schedulePaused: { since: iso(now), reason: 'text' } } },
          'SchedulePaused',
        );
      case 'move':
        return change(one.who, { zone: one.zone }, 'TraineeUpdated');
      case 'wait':
        return wait(one.hours);
    }
  };
  for (const [who, person] of persons.entries()) await world.hires(phoneOf(who), person);
  for (const one of happenings) await happen(one);
  await wait(96);
  return { sent, silent };
};

const isInside = (at: number, { delivery }: Message): boolean =>
  (delivery?.windows ?? []).some(({ opens, closes }) => Date.parse(opens) <= at && at < Date.parse(closes));

describe('whatever happens, a broadcast', () => {
  it('reaches each phone once at the most, nobody who opted out or paused, and nobody outside their window', async () => {
    let texts = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 12 }), async (happenings) => {
        const { sent, silent } = await live(happenings);
        const keys = sent.map(({ message }) => `${message.phone} ${message.broadcastId ?? ''}`);
        expect(new Set(keys).size).toBe(keys.length);
        texts += sent.length;
        for (const { at, hour: local, message } of sent) {
          expect(at).toBeLessThanOrEqual(silent.get(message.phone) ?? Infinity);
          expect(isInside(at, message)).toBe(true);
          expect(local).toBeGreaterThanOrEqual(9);
          expect(local).toBeLessThan(21);
        }
      }),
      { numRuns: 40 },
    );
    expect(texts).toBeGreaterThan(0);
  });
});
