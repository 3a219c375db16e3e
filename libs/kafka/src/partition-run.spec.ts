import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { EachBatchPayload } from 'kafkajs';
import { Assignment } from './assignment';
import { PartitionRun } from './partition-run';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

const batch = { topic: 'letters', partition: 0, messages: [] };
const run = (assignment: Assignment): PartitionRun =>
  new PartitionRun(
    Object.assign(Object.create(null), { batch }) as EachBatchPayload,
    assignment.membership(),
    {
      group: 'readers',
    },
  );
const joined = (): Assignment => {
  const assignment = new Assignment();
  assignment.join({ letters: [0] });
  return assignment;
};
const settled = async (): Promise<number> => {
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  return process.memoryUsage().heapUsed;
};

const batches = Number(process.env['SOAK_BATCHES'] ?? 100_000);

describe('a batch at work', () => {
  it('leaves nothing in memory, however many there are in one membership', async () => {
    const assignment = joined();
    const work = async (count: number): Promise<number> => {
      for (let left = count; left > 0; left -= 1) if (run(assignment).context.signal.aborted) return 0;
      return settled();
    };
    const before = await work(batches / 10);
    expect((await work(batches)) - before).toBeLessThan(5 * 1024 * 1024);
  });

  it('ends its waits when the app stops, and is still current, so that it can be committed', () => {
    const assignment = joined();
    const working = run(assignment);
    assignment.close();
    expect([working.context.signal.aborted, working.isCurrent()]).toEqual([true, true]);
  });

  it('ends with its membership', () => {
    const assignment = joined();
    const working = run(assignment);
    assignment.join({ letters: [0] });
    expect([working.context.signal.aborted, working.isCurrent()]).toEqual([true, false]);
  });
});
