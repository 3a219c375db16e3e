import { until } from '@stopcovid/runtime';
import { inMemoryOutboxStore } from '../store/in-memory-outbox-store';
import { outboxWith, phone } from '../outbox/outbox.testkit';
import { pressureAfter, usualLimit, watchedPressure, type Pressure } from './pressure';

const after = (limit: number, ...looks: readonly number[]): readonly boolean[] => {
  let pressure: Pressure = { pressed: false, waiting: 0, limit };
  return looks.map((waiting) => {
    pressure = pressureAfter(pressure, waiting);
    return pressure.pressed;
  });
};

describe('pressure', () => {
  it('begins at the limit and ends below four fifths of it', () =>
    expect(after(10, 9, 10, 9, 8, 7, 9, 10)).toEqual([false, true, true, true, false, false, true]));

  it('with a limit of one ends when nobody waits', () =>
    expect(after(1, 0, 1, 0)).toEqual([false, true, false]));

  it('never begins where there is no limit', () => expect(after(0, 0, 1_000_000)).toEqual([false, false]));
});

describe('the limit where nobody sets one', () => {
  it.each([
    [0.1, 100],
    [2, 2_000],
    [10, 10_000],
    [3_100, 10_000],
  ])('at %d texts a second is %d phones', (perSecond, phones) => expect(usualLimit(perSecond)).toBe(phones));
});

const waitingFor = (...numbers: readonly number[]) =>
  numbers.map((number) => ({
    ...outboxWith({ body: 'Good morning', kind: 'started' }),
    phone: phone(number),
  }));

describe('the watch over what waits', () => {
  it('looks again and again, and while the store is away believes what it saw last', async () => {
    const store = inMemoryOutboxStore();
    const world = { away: false, failures: 0, changes: [] as boolean[] };
    const watch = watchedPressure({
      store: {
        waiting: (query) => (world.away ? Promise.reject(new Error('away')) : store.waiting(query)),
      },
      limit: 2,
      everyMs: 1,
      now: Date.now,
      onLook: (now, before) => {
        if (now.pressed !== before.pressed) world.changes.push(now.pressed);
      },
      onFailed: () => (world.failures += 1),
    });
    await store.save(waitingFor(1, 2, 3));
    await until(() => watch.current().pressed);
    expect(watch.current()).toEqual({ pressed: true, waiting: 2, limit: 2 });
    world.away = true;
    const sent = [...(await store.load([phone(1), phone(2), phone(3)])).outboxes.values()];
    await store.save(sent.map((outbox) => ({ ...outbox, pending: [] })));
    await until(() => world.failures > 2);
    expect(watch.current().pressed).toBe(true);
    world.away = false;
    await until(() => !watch.current().pressed);
    watch.close();
    expect(world.changes).toEqual([true, false]);
  });

  it('does not even look where there is no limit', async () => {
    const looks: number[] = [];
    const watch = watchedPressure({
      store: { waiting: ({ most }) => Promise.resolve(looks.push(most)) },
      limit: 0,
      everyMs: 1,
      now: Date.now,
      onLook: () => undefined,
      onFailed: () => undefined,
    });
    watch.close();
    expect([watch.current(), looks]).toEqual([{ pressed: false, waiting: 0, limit: 0 }, []]);
  });
});
