import { mongo } from 'mongoose';
import { inMemoryOutboxStore } from './in-memory-outbox-store';
import type { OutboxStore } from './outbox-store';
import { ann } from '../outbox/outbox.testkit';
import { isStoreOutage, StoreWatch } from './store-watch';

const minute = 60_000;
const watching = () => {
  const world = {
    now: 0,
    away: false,
    hangs: false,
    answersOthers: true,
    asked: 0,
    giveUp: () => undefined as void,
  };
  const watch = new StoreWatch({
    now: () => world.now,
    pause: (_ms, until) =>
      new Promise((resolve) => {
        until?.addEventListener('abort', () => resolve());
        world.giveUp = resolve;
      }),
    answersAnew: () => {
      world.asked += 1;
      return Promise.resolve(world.answersOthers);
    },
  });
  const inner = inMemoryOutboxStore();
  const store: OutboxStore = watch.watched({
    ...inner,
    load: (phones) => {
      if (world.hangs) return new Promise(() => undefined);
      return world.away ? Promise.reject(new mongo.MongoNetworkError('away')) : inner.load(phones);
    },
  });
  const call = () =>
    store.load([ann]).then(
      () => true,
      () => false,
    );
  const up = async () => {
    watch.check();
    await Promise.resolve();
    return watch.check().up;
  };
  return { world, store, call, up };
};

describe('the way to the store', () => {
  it('is kept while the store is away for everybody, however long', async () => {
    const { world, call, up } = watching();
    Object.assign(world, { away: true, answersOthers: false });
    await call();
    world.now = 60 * minute;
    await call();
    expect(await up()).toBe(true);
  });

  it('is given up when the store answers others, but not this process', async () => {
    const { world, call, up } = watching();
    world.away = true;
    await call();
    world.now = minute;
    expect([await up(), world.asked]).toEqual([true, 0]);
    world.now = 3 * minute;
    expect(await up()).toBe(false);
  });

  it('is kept when the store has just come back', async () => {
    const { world, call, up } = watching();
    world.away = true;
    await call();
    world.now = 3 * minute;
    world.away = false;
    expect([await call(), await up()]).toEqual([true, true]);
  });

  it('asks others no more than twice a minute', async () => {
    const { world, call, up } = watching();
    Object.assign(world, { away: true, answersOthers: false });
    await call();
    for (world.now = 3 * minute; world.now < 4 * minute; world.now += 1_000) await up();
    expect(world.asked).toBe(2);
  });

  it('lets nobody wait for ever: a call without an answer counts as an outage', async () => {
    const { world, store } = watching();
    world.hangs = true;
    const calling = store.load([ann]);
    world.giveUp();
    expect(isStoreOutage(await calling.catch((error: unknown) => error))).toBe(true);
    world.hangs = false;
    await expect(store.load([ann])).resolves.toMatchObject({ outboxes: new Map() });
  });

  it('is given up when a call never ends', async () => {
    const { world, call, up } = watching();
    world.hangs = true;
    void call();
    world.now = 4 * minute;
    expect(await up()).toBe(true);
    world.now = 6 * minute;
    expect(await up()).toBe(false);
  });
});
