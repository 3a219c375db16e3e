import { phoneSchema, type DecodedBatch } from '@stopcovid/contracts';
import { readIn } from '../figures/read.testkit';
import type { Slice } from '../figures/lives.testkit';
import { batchOf, completed, event, registered, started } from '../tracker.testkit';

const of = (unitId: string, phone = '+12025550143') => ({
  phone: phoneSchema.parse(phone),
  trainee: { ...registered, account: { employerId: 'acme', unitId } },
});

/** Completed runs of unit U by day, once all marks are counted anew. */
const completedInU = async (batches: readonly DecodedBatch[], plan: readonly Slice[] = []) => {
  const { bucketed, settle } = await readIn(batches, plan);
  await expect(settle()).resolves.toEqual([]);
  const groups = await bucketed.counts({ unitId: 'U' }, ['unitId', 'day']);
  return groups.reduce((sum, { counts }) => sum + counts.completed, 0);
};

describe('buckets', () => {
  it('count five runs once where three were read, the process died, and all five came again', async () => {
    const batches = [1, 2, 3, 4, 5].map((person) => {
      const own = { runId: `run-${person}` };
      const events = [{ ...started('one'), ...own }, completed('one', own)];
      return batchOf(1, events as never, of('U', `+1202555014${person}`));
    });
    const plan = [
      { back: 0, ahead: 3, diesAfter: null },
      { back: 3, ahead: 2, diesAfter: 1 },
      { back: 3, ahead: 2, diesAfter: null },
    ];
    await expect(completedInU(batches, plan)).resolves.toBe(5);
  });

  it('take a completion back when its trainee registers anew, also when all is read from the start, and leave it where it was when they move', async () => {
    const done = [
      batchOf(1, [started('one')], of('U')),
      batchOf(2, [event('PromptCompleted'), completed('one')], of('U')),
    ];
    const anew = [...done, batchOf(3, [event('TraineeRegistered')], of('U'))];
    const slices = [1, 2, 3].map(() => ({ back: 0, ahead: 1, diesAfter: null }));
    await expect(completedInU(done, slices)).resolves.toBe(1);
    await expect(completedInU(anew, slices)).resolves.toBe(0);
    await expect(completedInU(anew)).resolves.toBe(0);
    await expect(completedInU([...done, batchOf(3, [event('TraineeUpdated')], of('V'))])).resolves.toBe(1);
    await expect(completedInU([...anew, batchOf(4, [event('TraineeUpdated')], of('V'))])).resolves.toBe(0);
  });
});
