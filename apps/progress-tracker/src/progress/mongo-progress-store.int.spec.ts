import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { batchOf, completed, maria, offering, started } from '../tracker.testkit';
import { foldBatches, runIdsIn } from './fold-batches';
import { mongoProgressStore } from './mongo-progress-store';
import { progressStoreContract } from './progress-store.contract';

type Connection = Awaited<ReturnType<typeof connectMongo>>;

describe('projections in MongoDB', () => {
  const open: Connection[] = [];
  afterAll(async () => {
    for (const connection of open) await connection.close();
  });

  progressStoreContract(async () => {
    const connection = await connectMongo(testDatabase());
    open.push(connection);
    return mongoProgressStore(connection);
  });

  it('let a replacement at the same version win over what was folded onto the content before it', async () => {
    const connection = await connectMongo(testDatabase());
    open.push(connection);
    const store = await mongoProgressStore(connection);
    const fold = async (...batches: readonly ReturnType<typeof batchOf>[]) => {
      const reads = batches.map((batch, index) => ({
        index,
        batch,
        position: { partition: 0, offset: '0' },
      }));
      return foldBatches(await store.load([maria], runIdsIn(reads)), reads, offering('one'));
    };
    const begun = await fold(batchOf(1, [started('one')]));
    await store.save(begun.runs, begun.trainees);
    const late = await fold(batchOf(2, [completed('one')]));
    await connection
      .collection<{ _id: string }>('trainees')
      .updateOne({ _id: maria }, { $set: { writeId: 'rebuilt' } });
    await connection.collection('drill_runs').updateOne({ phone: maria }, { $set: { writeId: 'rebuilt' } });
    await expect(store.save(late.runs, late.trainees)).resolves.toEqual(new Set([maria]));
    await expect(store.trainee(maria)).resolves.toMatchObject({ version: 1 });
    const again = await fold(batchOf(2, [completed('one')]));
    await expect(store.save(again.runs, again.trainees)).resolves.toEqual(new Set());
    await expect(store.runsOf(maria, 1)).resolves.toMatchObject([{ version: 2, status: 'completed' }]);
  });
});
