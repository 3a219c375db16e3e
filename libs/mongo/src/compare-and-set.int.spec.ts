import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { compareAndSet, sharedCompareAndSet, type Change, type Versioned } from './compare-and-set';
import { connectMongo } from './connection';
import { testDatabase } from './database.testkit';

type Counter = Versioned & { readonly count: number; readonly badge?: string };
const change = (id: string, expected: number, count: number): Change<Counter> => ({
  id,
  expected,
  set: { version: expected + 1, count },
});

describe('compareAndSet', () => {
  let connection: Connection;
  const counters = () => connection.collection<Counter>(name);
  let name: string;
  const countOf = async (id: string) => (await counters().findOne({ _id: id }))?.count;

  beforeAll(async () => {
    connection = await connectMongo(testDatabase());
  });
  beforeEach(() => {
    name = `counters_${randomUUID()}`;
  });
  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

  it('creates what is new and changes what still has the version that was read', async () => {
    await compareAndSet<Counter>(counters(), [change('a', 0, 1)]);
    const second = await compareAndSet<Counter>(counters(), [change('a', 1, 2), change('b', 0, 7)]);
    expect(second.conflicts).toEqual(new Set());
    expect([await countOf('a'), await countOf('b')]).toEqual([2, 7]);
  });

  it('names the documents that another writer changed, created or removed first, and writes the others', async () => {
    await compareAndSet<Counter>(
      counters(),
      ['changed', 'untouched'].map((id) => change(id, 0, 1)),
    );
    await compareAndSet<Counter>(counters(), [change('changed', 1, 2), change('created', 0, 9)]);
    const late = [
      change('changed', 1, 50),
      change('created', 0, 50),
      change('removed', 3, 50),
      change('untouched', 1, 50),
      change('new', 0, 50),
    ];
    const { conflicts } = await compareAndSet<Counter>(counters(), late);
    expect(conflicts).toEqual(new Set(['changed', 'created', 'removed']));
    expect([await countOf('changed'), await countOf('created'), await countOf('removed')]).toEqual([
      2,
      9,
      undefined,
    ]);
    expect([await countOf('untouched'), await countOf('new')]).toEqual([50, 50]);
  });

  it('does not take a rival document of the same version for its own', async () => {
    await compareAndSet<Counter>(counters(), [change('a', 0, 1)]);
    await compareAndSet<Counter>(counters(), [change('a', 1, 2)]);
    const { conflicts } = await compareAndSet<Counter>(counters(), [change('a', 1, 3)]);
    expect(conflicts).toEqual(new Set(['a']));
    expect(await countOf('a')).toBe(2);
  });

  it('finds out a document that was replaced at the same version, when the change says which write it read', async () => {
    await compareAndSet<Counter>(counters(), [change('a', 0, 1)]);
    const read = await counters().findOne({ _id: 'a' });
    const changed = { ...change('a', 1, 2), writeId: read?.writeId ?? 'none' };
    await counters().updateOne({ _id: 'a' }, { $set: { count: 40, writeId: 'an operator' } });
    const late = await compareAndSet<Counter>(counters(), [changed]);
    expect([late.conflicts, await countOf('a')]).toEqual([new Set(['a']), 40]);
    const again = await compareAndSet<Counter>(counters(), [{ ...changed, writeId: 'an operator' }]);
    expect([again.conflicts, await countOf('a')]).toEqual([new Set(), 2]);
  });

  it('lets exactly one of many simultaneous writers win each document', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => `phone ${index}`);
    const writers = Array.from({ length: 6 }, (_, writer) =>
      compareAndSet<Counter>(
        counters(),
        ids.map((id) => change(id, 0, writer)),
      ),
    );
    const results = await Promise.all(writers);
    for (const id of ids) {
      const winners = results.flatMap(({ conflicts }, writer) => (conflicts.has(id) ? [] : [writer]));
      expect(winners).toEqual([await countOf(id)]);
    }
  });

  it('reports a value that another document holds in a unique index as a conflict', async () => {
    await counters().createIndex({ badge: 1 }, { unique: true, sparse: true });
    const badged = (id: string): Change<Counter> => ({
      id,
      expected: 0,
      set: { version: 1, count: 1, badge: '7' },
    });
    await compareAndSet<Counter>(counters(), [badged('first')]);
    const { conflicts } = await compareAndSet<Counter>(counters(), [badged('second')]);
    expect(conflicts).toEqual(new Set(['second']));
  });

  it('throws when the server refuses for another reason than a conflict', async () => {
    const broken: Change<Counter> = { id: 'a', expected: 0, set: { version: 1, count: 1 } };
    const wrong = { ...broken, id: ['not', 'an', 'id'] as unknown as string };
    await expect(compareAndSet<Counter>(counters(), [wrong])).rejects.toThrow();
  });

  it('has nothing to do for no changes', async () => {
    const { conflicts } = await compareAndSet<Counter>(counters(), []);
    expect(conflicts).toEqual(new Set());
  });

  describe('shared', () => {
    const countCommands = () => {
      let commands = 0;
      const watched = new Proxy(counters(), {
        get: (target, key) => {
          if (key === 'bulkWrite' || key === 'find') commands += 1;
          const value: unknown = Reflect.get(target, key);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
      return { watched, commands: () => commands };
    };

    it('writes for many callers at once, and tells each of their own alone', async () => {
      await compareAndSet<Counter>(counters(), [change('a', 0, 1), change('b', 0, 1)]);
      const { watched, commands } = countCommands();
      const write = sharedCompareAndSet<Counter>(watched);
      const results = await Promise.all([
        write([change('a', 1, 2)]),
        write([]),
        write([change('b', 7, 9), change('c', 0, 3)]),
      ]);
      expect(results.map(({ conflicts }) => [...conflicts])).toEqual([[], [], ['b']]);
      expect([await countOf('a'), await countOf('b'), await countOf('c')]).toEqual([2, 1, 3]);
      expect(commands()).toBe(2);
    });

    it('writes for whoever has many changes by themselves, and for the others meanwhile', async () => {
      const { watched, commands } = countCommands();
      const write = sharedCompareAndSet<Counter>(watched);
      const many = Array.from({ length: 101 }, (_, number) => change(`many ${number}`, 0, 1));
      const all = [many, [change('a', 0, 1)], [change('b', 0, 1), change('many 1', 0, 2)]];
      const [first, , last] = await Promise.all(all.map(write));
      expect(commands()).toBe(3);
      expect([...(first?.conflicts ?? []), ...(last?.conflicts ?? [])]).toEqual(['many 1']);
      expect([await countOf('many 100'), await countOf('a'), await countOf('b')]).toEqual([1, 1, 1]);
    });

    it('lets one of two have a document, whether it is new or not', async () => {
      await compareAndSet<Counter>(counters(), [change('old', 0, 1)]);
      const write = sharedCompareAndSet<Counter>(counters());
      const results = await Promise.all(
        [2, 3].map((count) => write([change('old', 1, count), change('new', 0, count)])),
      );
      const lost = results.flatMap(({ conflicts }) => [...conflicts]);
      expect(lost.toSorted()).toEqual(['new', 'old']);
      for (const [index, { conflicts, writeId }] of results.entries())
        for (const id of ['old', 'new'].filter((each) => !conflicts.has(each)))
          expect(await counters().findOne({ _id: id })).toMatchObject({ count: index + 2, writeId });
    });

    it('refuses nobody for what the server refuses another', async () => {
      const write = sharedCompareAndSet<Counter>(counters());
      const tooLarge: Change<Counter> = {
        ...change('large', 0, 1),
        set: { version: 1, badge: 'x'.repeat(17 * 1024 * 1024) },
      };
      const [refused, own] = await Promise.allSettled([write([tooLarge]), write([change('small', 0, 1)])]);
      expect(refused?.status).toBe('rejected');
      expect(own).toMatchObject({ status: 'fulfilled' });
      expect(await countOf('small')).toBe(1);
    });
  });
});
