import { hashOfKey, type Callers } from '@stopcovid/runtime';
import type { ApiKey } from './api-key';
import { inMemoryApiKeys, type ApiKeys } from './api-keys';
import { freshForMs, storedCallers } from './stored-callers';

const text = 'a-key-of-the-spec-itself';
const authorization = `Bearer ${text}`;
const key: ApiKey = {
  name: 'spec',
  role: 'operator',
  employers: ['acme'],
  sha256: hashOfKey(text).toString('hex'),
  createdAt: new Date(0),
  createdBy: 'spec',
};
const nobody: Callers = { of: () => Promise.resolve(undefined) };

const failures: unknown[] = [];
const over = (keys: ApiKeys, ofSetting = nobody) => {
  const clock = { now: 1_000_000 };
  const told: (readonly string[])[] = [];
  let readings = 0;
  const holding: ApiKeys['holding'] = (at) => {
    readings += 1;
    return keys.holding(at);
  };
  const callers = storedCallers(ofSetting, {
    keys: { ...keys, holding },
    now: () => clock.now,
    onUnreadable: (names) => told.push(names),
    onFailure: (error) => failures.push(error),
  });
  return { callers, clock, told, readings: () => readings };
};

const holding = async (...keys: readonly ApiKey[]): Promise<ApiKeys> => {
  const store = inMemoryApiKeys();
  for (const each of keys) await store.add(each);
  return store;
};

describe('the keys that admins gave', () => {
  it('say who asks, in which role and for which employers', async () => {
    const { callers } = over(await holding(key));
    await expect(callers.of(authorization)).resolves.toEqual({
      name: 'spec',
      role: 'operator',
      employers: ['acme'],
    });
    await expect(callers.of('Bearer another-key-of-the-spec')).resolves.toBeUndefined();
  });

  it('are read once for many requests, whether these have a key or not', async () => {
    const { callers, clock, readings } = over(await holding(key));
    const asked = [authorization, 'Bearer wrong', 'nonsense', authorization];
    await Promise.all(asked.map((each) => callers.of(each)));
    clock.now += freshForMs - 1;
    await Promise.all(asked.map((each) => callers.of(each)));
    expect(readings()).toBe(1);
    clock.now += 1;
    await Promise.all(asked.map((each) => callers.of(each)));
    expect(readings()).toBe(2);
  });

  it('hold no more a few seconds after they were revoked', async () => {
    const store = await holding(key);
    const { callers, clock } = over(store);
    await callers.of(authorization);
    await store.revoke('spec', { by: 'spec', at: new Date(clock.now) });
    clock.now += freshForMs;
    await expect(callers.of(authorization)).resolves.toBeUndefined();
  });

  it('hold no more from the moment on at which they expire, however fresh they are', async () => {
    const { callers, clock } = over(await holding({ ...key, expiresAt: new Date(1_000_010) }));
    await expect(callers.of(authorization)).resolves.toMatchObject({ name: 'spec' });
    clock.now += 10;
    await expect(callers.of(authorization)).resolves.toBeUndefined();
  });

  it('are on record as used, and whoever asks does not wait for that', async () => {
    const store = await holding(key);
    const stuck = over({ ...store, used: () => new Promise(() => {}) });
    await expect(stuck.callers.of(authorization)).resolves.toMatchObject({ name: 'spec' });
    const { callers } = over(store);
    await callers.of(authorization);
    expect((await store.all()).keys).toMatchObject([{ lastUsedAt: new Date(1_000_000) }]);
  });

  it('let in whoever holds one also where its use cannot be put on record, and that is told', async () => {
    const away = new Error('away');
    const { callers } = over({ ...(await holding(key)), used: () => Promise.reject(away) });
    await expect(callers.of(authorization)).resolves.toMatchObject({ name: 'spec' });
    await Promise.resolve();
    expect(failures).toEqual([away]);
  });

  it('that cannot be read are told of once, and let in none', async () => {
    const broken: ApiKeys = {
      ...inMemoryApiKeys(),
      holding: () => Promise.resolve({ keys: [], unreadable: ['by-hand'] }),
    };
    const { callers, clock, told } = over(broken);
    await callers.of(authorization);
    clock.now += freshForMs;
    await callers.of(authorization);
    expect(told).toEqual([['by-hand']]);
  });
});

describe('while the store of keys is away', () => {
  const away: ApiKeys = { ...inMemoryApiKeys(), holding: () => Promise.reject(new Error('away')) };

  it('nobody gets in by a key of it, not even one that was known before', async () => {
    const store = await holding(key);
    let isAway = false;
    const { callers, clock } = over({
      ...store,
      holding: (at) => (isAway ? away.holding(at) : store.holding(at)),
    });
    await callers.of(authorization);
    isAway = true;
    clock.now += freshForMs;
    await expect(callers.of(authorization)).rejects.toThrow('away');
    isAway = false;
    await expect(callers.of(authorization)).resolves.toMatchObject({ name: 'spec' });
  });

  it('the keys of the setting let in as ever', async () => {
    const admin: Callers = { of: () => Promise.resolve({ name: 'bootstrap', role: 'admin' }) };
    await expect(over(away, admin).callers.of(authorization)).resolves.toMatchObject({ name: 'bootstrap' });
  });
});
