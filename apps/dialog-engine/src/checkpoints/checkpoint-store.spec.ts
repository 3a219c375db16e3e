import {
  done,
  inMemoryCheckpointStore,
  keepCheckpoints,
  retry,
  type LogRecord,
  type Outcome,
  type Reached,
} from '@stopcovid/kafka';
import { contextWith, rawRecord } from '../engine.testkit';
import { checkpointStoreContract } from './checkpoint-store.contract';

describe('in memory', () => checkpointStoreContract(inMemoryCheckpointStore));

/** A store that keeps what it was told, and a pause that the test ends. */
const keeping = (answers: readonly Outcome[][] = []) => {
  const store = inMemoryCheckpointStore();
  const writes: (readonly Reached[])[] = [];
  const ends: (() => void)[] = [];
  const world = { now: 0 };
  const given = [...answers];
  const handle = keepCheckpoints(
    async (records: readonly LogRecord[]) => given.shift() ?? records.map(() => done),
    {
      checkpoints: { ...store, advance: (all) => (writes.push(all), store.advance(all)) },
      everyMs: 1_000,
      now: () => world.now,
      pause: () => new Promise<void>((resolve) => void ends.push(resolve)),
      onFailed: fail,
    },
  );
  const pass = async (): Promise<void> => {
    world.now += 1_000;
    ends.splice(0).forEach((end) => end());
    await new Promise(setImmediate);
  };
  return { store, writes, handle, pass, pauses: () => ends.length };
};

describe('keeping checkpoints', () => {
  const records = [rawRecord('a', 'x', 4), rawRecord('a', 'x', 5), rawRecord('a', 'x', 6)];
  const { topic } = contextWith();

  it('stops before the first record that waits, and writes no more often than said', async () => {
    const { handle, pass, store } = keeping([[done, done, retry('later')]]);
    await handle(records, contextWith());
    expect(await store.read(topic, 0)).toBe('6');
    await handle(records.slice(2), contextWith());
    expect(await store.read(topic, 0)).toBe('6');
    await pass();
    expect(await store.read(topic, 0)).toBe('7');
  });

  it('writes all partitions that have moved at once, and nothing while none moves', async () => {
    const { handle, pass, pauses, writes } = keeping();
    await handle(records.slice(0, 1), contextWith());
    for (const partition of [1, 2, 0]) await handle(records, { ...contextWith(), partition });
    await pass();
    const offset = '7';
    const moved = [1, 2, 0].map((partition) => ({ topic, partition, offset }));
    expect(
      writes.slice(1).map((each) => [...each].sort((one, other) => one.partition - other.partition)),
    ).toEqual([[...moved].sort((one, other) => one.partition - other.partition)]);
    await pass();
    expect([writes.length, pauses()]).toEqual([2, 0]);
  });

  it('leaves a partition that went to another replica meanwhile to its owner', async () => {
    const { handle, pass, store, writes } = keeping();
    await handle(records.slice(0, 1), contextWith());
    let isOurs = true;
    await handle(
      records,
      contextWith(undefined, () => isOurs),
    );
    isOurs = false;
    await store.forget(topic, 0);
    await pass();
    expect([writes.length, await store.read(topic, 0)]).toEqual([1, undefined]);
  });

  it('loses nothing but itself when it cannot be written', async () => {
    const failures: unknown[] = [];
    const checkpoints = { ...inMemoryCheckpointStore(), advance: () => Promise.reject(new Error('away')) };
    const handle = keepCheckpoints(async () => [done], {
      checkpoints,
      everyMs: 1_000,
      now: () => 0,
      pause: () => Promise.resolve(),
      onFailed: (error) => failures.push(error),
    });
    expect(await handle(records.slice(0, 1), contextWith())).toEqual([done]);
    expect(failures).toEqual([new Error('away')]);
  });
});

const fail = (error: unknown): never => {
  throw error;
};
