import { newDatabases } from '../database.testkit';
import { phoneSchema } from '@stopcovid/contracts';
import { watchedDatabase } from '@stopcovid/mongo';
import { inMemoryWaitingPhones } from '@stopcovid/projections';
import { keptInMemory } from '../projections/kept-stores';
import { handleBatches } from '../batches/handle-batches';
import { batchOf, completed, maria, offering, recordOf, started } from '../tracker.testkit';
import { DocumentUnreadable } from './progress-store';
import { foldBatches } from './fold-batches';
import { mongoProgressStore } from './mongo-progress-store';
import { runIdsIn } from './phone-progress';
import { progressStoreContract } from './progress-store.contract';

const connect = newDatabases();

describe('projections in MongoDB', () => {
  progressStoreContract(async () => {
    const connection = await connect();
    return mongoProgressStore(connection);
  });

  it('read trainees before their runs, which are written first', async () => {
    const { connection, asked } = await watchedDatabase();
    const store = await mongoProgressStore(connection);
    connection.getClient().on('commandSucceeded', () => void asked.push('answered'));
    asked.splice(0);
    await store.load([maria], runIdsIn([{ batch: batchOf(1, [started('one')]) }]), []);
    expect(asked).toEqual(['find trainees', 'answered', 'find drill_runs', 'answered']);
    await connection.close();
  });

  it('list what they can read, and name the rest; a phone with a spoilt run waits until it is mended', async () => {
    const connection = await connect();
    const store = await mongoProgressStore(connection);
    const sokha = phoneSchema.parse('+12025550180');
    const waiting = inMemoryWaitingPhones();
    let clock = 0;
    const handle = handleBatches({
      store,
      kept: keptInMemory(),
      waiting,
      publisher: { publish: () => Promise.resolve(), close: () => Promise.resolve() },
      offer: () => offering('one'),
      report: () => undefined,
      now: () => clock,
    });
    const sought: string[] = [];
    const read = (...batches: readonly ReturnType<typeof batchOf>[]) =>
      handle(
        batches.map((batch) => recordOf(batch)),
        {
          topic: 'dialog.events.v1',
          partition: 0,
          isCurrent: () => true,
          signal: new AbortController().signal,
          seek: (offset) => void sought.push(offset),
        },
      );
    const runs = connection.collection<{ _id: string }>('drill_runs');
    await read(batchOf(1, [started('one')]), batchOf(1, [started('two')], { phone: sokha }));
    await runs.updateOne({ _id: 'run-one' }, { $set: { status: 'paused' } });
    await read(batchOf(2, [completed('one')]), batchOf(2, [], { phone: sokha }));
    await expect(waiting.of(0)).resolves.toMatchObject([
      { phone: maria, readFrom: '2', because: 'unreadable', reason: 'drill_runs: status: invalid_value' },
    ]);
    await expect(store.trainee(sokha)).resolves.toMatchObject({ version: 2 });
    await expect(store.runsOf(maria, 9)).resolves.toEqual([]);
    clock += 61_000;
    await read(batchOf(3, [], { phone: sokha }));
    expect(sought).toEqual([]);
    await runs.updateOne({ _id: 'run-one' }, { $set: { status: 'running' } });
    clock += 61_000;
    await read(batchOf(4, [], { phone: sokha }));
    expect(sought).toEqual(['1']);
    await read(batchOf(2, [completed('one')]));
    await expect(waiting.of(0)).resolves.toEqual([]);
    const trainees = connection.collection<{ _id: string }>('trainees');
    await trainees.updateOne({ _id: maria }, { $set: { drills: 'none' } });
    await expect(store.trainees({}, { limit: 9 })).resolves.toMatchObject({
      items: [{ phone: sokha }],
      unreadable: [{ id: maria, reason: 'drills: invalid_type' }],
    });
    await expect(store.trainee(maria)).rejects.toThrow(DocumentUnreadable);
  });

  it('let a replacement at the same version win over what was folded onto the content before it', async () => {
    const connection = await connect();
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
