import { Day, type Due } from './day';
import { MovableClock } from './movable-clock';

const hourMs = 3_600_000;

/** Two phones with what is due to each; what came, with the hours after the start at which it did. */
const dayWith = (due: Record<string, readonly Omit<Due, 'nominal'>[]>, stuck: readonly string[] = []) => {
  const clock = new MovableClock();
  const from = clock.now();
  const ahead = new Map(Object.entries(due).map(([phone, all]) => [phone, [...all]]));
  const came: (readonly [string, number])[] = [];
  const nextOf = (phone: string) => {
    const next = ahead.get(phone)?.[0];
    return next && { ...next, nominal: 'it', at: Math.max(from + next.at * hourMs, clock.now()) };
  };
  const day = new Day({
    clock,
    phones: () => [...ahead.keys()],
    isBusy: () => false,
    comesWithinMs: 100,
    trainees: {
      standingOf: (phone) => {
        const next = nextOf(phone);
        if (next && next.at <= clock.now() && !stuck.includes(next.kind)) {
          came.push([`${phone}: ${next.kind}`, Math.floor((clock.now() - from) / hourMs)]);
          ahead.get(phone)?.shift();
        }
        return Promise.resolve({ zone: 'UTC', next: nextOf(phone) ?? null });
      },
      setZone: () => Promise.resolve(undefined),
      settled: () => Promise.resolve(),
    },
  });
  return { day, came, from, hoursOn: () => Math.round((clock.now() - from) / hourMs) };
};

describe('a day that is moved on', () => {
  it('lets all that comes meanwhile come at its own time, whosever it is', async () => {
    const { day, came, from, hoursOn } = dayWith({
      maria: [
        { kind: 'drill', at: 2 },
        { kind: 'reminder', at: 6 },
        { kind: 'drill', at: 26 },
      ],
      sokha: [{ kind: 'drill', at: 3 }],
    });
    await expect(day.moveTo(from + 24 * hourMs)).resolves.toBe(true);
    expect(came).toEqual([
      ['maria: drill', 2],
      ['sokha: drill', 3],
      ['maria: reminder', 6],
    ]);
    expect(hoursOn()).toBe(24);
  });

  it('goes on without what does not come, and brings the others', async () => {
    const { day, came, from, hoursOn } = dayWith(
      { maria: [{ kind: 'held', at: 2 }], sokha: [{ kind: 'drill', at: 3 }] },
      ['held'],
    );
    await expect(day.moveTo(from + 4 * hourMs)).resolves.toBe(true);
    expect(came).toEqual([['sokha: drill', 3]]);
    expect(hoursOn()).toBe(4);
  });

  it('is not moved back', async () => {
    const { day, came, from, hoursOn } = dayWith({ maria: [{ kind: 'drill', at: 0 }] });
    await expect(day.moveTo(from - hourMs)).resolves.toBe(false);
    expect([came, hoursOn()]).toEqual([[], 0]);
  });
});
