import { done, inMemoryCheckpointStore, keepCheckpoints, retry } from '@stopcovid/kafka';
import { contextWith, rawRecord } from '../engine.testkit';
import { checkpointStoreContract } from './checkpoint-store.contract';

describe('in memory', () => checkpointStoreContract(inMemoryCheckpointStore));

describe('keeping checkpoints', () => {
  const records = [rawRecord('a', 'x', 4), rawRecord('a', 'x', 5), rawRecord('a', 'x', 6)];

  it('stops before the first record that waits, and writes no more often than said', async () => {
    const checkpoints = inMemoryCheckpointStore();
    let now = 0;
    const answers = [[done, done, retry('later')], [done], [done]];
    const handle = keepCheckpoints(async () => answers.shift() ?? [], {
      checkpoints,
      everyMs: 1_000,
      now: () => now,
      onFailed: fail,
    });
    const { topic } = contextWith();
    await handle(records, contextWith());
    expect(await checkpoints.read(topic, 0)).toBe('6');
    await handle(records.slice(2), contextWith());
    expect(await checkpoints.read(topic, 0)).toBe('6');
    now = 1_000;
    await handle(records.slice(2), contextWith());
    expect(await checkpoints.read(topic, 0)).toBe('7');
  });

  it('loses nothing but itself when it cannot be written', async () => {
    const failures: unknown[] = [];
    const checkpoints = { ...inMemoryCheckpointStore(), advance: () => Promise.reject(new Error('away')) };
    const handle = keepCheckpoints(async () => [done], {
      checkpoints,
      everyMs: 1_000,
      now: () => 0,
      onFailed: (error) => failures.push(error),
    });
    expect(await handle(records.slice(0, 1), contextWith())).toEqual([done]);
    expect(failures).toEqual([new Error('away')]);
  });
});

const fail = (error: unknown): never => {
  throw error;
};
