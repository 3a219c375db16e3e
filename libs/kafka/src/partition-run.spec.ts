import { soak, soakWithinMs } from '@stopcovid/runtime';
import type { EachBatchPayload } from 'kafkajs';
import { Assignment } from './assignment';
import { PartitionRun } from './partition-run';

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

describe('a batch at work', () => {
  it(
    'leaves nothing in memory, however many there are in one membership',
    async () => {
      const assignment = joined();
      const each = (): void => {
        if (run(assignment).context.signal.aborted) throw new Error('the membership has ended');
      };
      await expect(soak({ things: 100_000, each, mostBytes: 5, atOnce: 1_000 })).resolves.toEqual([]);
    },
    soakWithinMs,
  );

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
