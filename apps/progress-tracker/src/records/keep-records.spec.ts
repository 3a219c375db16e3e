import { drillSlugSchema, type EventBatch } from '@stopcovid/contracts';
import { InMemoryLog, inMemoryPublisher } from '@stopcovid/kafka';
import { inMemoryWaitingPhones } from '@stopcovid/projections';
import { handleBatches } from '../batches/handle-batches';
import { inMemoryProgressStore } from '../progress/in-memory-progress-store';
import { keptInMemory } from '../projections/kept-stores';
import { batchOf, completed, event, maria, offering, recordOf, started } from '../tracker.testkit';
import { keepRecords, type KeepParts } from './keep-records';
import { inMemoryRecords, type Records } from './records';
import { takesCourse } from './records.testkit';

const course = { ...offering('one'), passMark: 80 };

/** A tracker that knows nothing yet, beside records that may know something. */
const reading = (records: Records, offer = course, told: string[] = []) => {
  const tell: KeepParts['tell'] = ({ id }) => Promise.resolve(void told.push(id));
  const store = inMemoryProgressStore();
  const keep = keepRecords({
    records,
    store,
    course: () => offer,
    nameRecord: (...names) => names.join('/'),
    tell,
    onUnreadable: (phones) => void told.push(...phones),
  });
  const handle = handleBatches({
    store,
    keep,
    kept: keptInMemory(),
    publisher: inMemoryPublisher(new InMemoryLog(1)),
    offer: () => offer,
    waiting: inMemoryWaitingPhones(),
    now: () => 0,
    report: () => undefined,
  });
  const context = {
    ...{ topic: 'dialog.events.v1', partition: 0, isCurrent: () => true },
    ...{ signal: new AbortController().signal, seek: () => undefined },
  };
  return (...batches: readonly EventBatch[]) =>
    handle(
      batches.map((batch) => recordOf(batch)),
      context,
    );
};
const history = [...takesCourse(true), ...takesCourse(false, { from: 4 }), ...takesCourse(true, { from: 7 })];
const at = new Date();

describe('the records that batches make', () => {
  it.each([1, 2, 3, 9])('are the same whatever slices these come in: %d at a time', async (size) => {
    const [whole, sliced] = [inMemoryRecords(), inMemoryRecords()];
    await reading(whole)(...history);
    const read = reading(sliced);
    for (let from = 0; from < history.length; from += size) await read(...history.slice(from, from + size));
    expect(await sliced.of([maria])).toEqual(await whole.of([maria]));
    expect(await whole.of([maria])).toMatchObject({
      records: [{ version: 9, passedAt: new Date('2026-03-09T10:00:00Z') }],
    });
  });

  it('are none anew when all history is read again, though they were withdrawn', async () => {
    const records = inMemoryRecords();
    await reading(records)(...history);
    await records.withdraw(`${maria}/course`, { at, by: 'spec', reason: 'copied' });
    const before = await records.list({}, { limit: 9 });
    await reading(records)(...history);
    expect(await records.list({}, { limit: 9 })).toEqual(before);
    expect(before).toMatchObject([{ version: 9, withdrawn: { reason: 'copied' } }]);
  });

  it('rest on runs from before the batches at hand', async () => {
    const two = { ...offering('one', 'two'), passMark: 50 };
    const records = inMemoryRecords();
    const read = reading(records, two);
    await read(batchOf(1, [event('TraineeRegistered')]), batchOf(2, [started('one')]));
    await read(batchOf(3, [event('PromptCompleted'), completed('one')]), batchOf(4, [started('two')]));
    expect(await records.of([maria])).toMatchObject({ records: [] });
    await read(batchOf(5, [completed('two')]));
    const drills = ['one', 'two'].map((drill) => drillSlugSchema.parse(drill));
    expect(await records.of([maria])).toMatchObject({
      records: [{ runs: drills.map((drill) => ({ drill })) }],
    });
  });

  it('are taken back and brought back by what people rule on a reply', async () => {
    const records = inMemoryRecords();
    const read = reading(records);
    await read(...takesCourse(true));
    const ruling = (number: number, was: string, now: string) =>
      event('ReplyRegraded', {
        ...{
          runId: `run-${maria}-1`,
          drill: 'one',
          prompt: 'first',
          reply: 1,
          attempt: 1,
          response: 'b',
          was,
          now,
        },
        ruling: { group: 'one:first:4f2c9a1e', number },
      });
    await read(batchOf(4, [ruling(1, 'right', 'wrong')]));
    expect(await records.of([maria])).toMatchObject({
      records: [{ version: 4, takenBackAt: expect.any(Date) }],
    });
    await read(batchOf(5, [ruling(2, 'wrong', 'right')]));
    expect((await records.of([maria])).records).toMatchObject([{ version: 5, score: { right: 1, of: 1 } }]);
    expect((await records.of([maria])).records[0]).not.toHaveProperty('takenBackAt');
  });

  it('are told to their trainee before they are kept, and those that stand again are not', async () => {
    const told: string[] = [];
    const records = inMemoryRecords();
    const keep: Records['keep'] = (record) => {
      expect(told).toEqual([record.id]);
      return records.keep(record);
    };
    await reading({ ...records, keep }, course, told)(...history);
    const read = reading({ ...records, keep }, course, told);
    for (const batch of history) await read(batch);
    expect(told).toEqual([`${maria}/course`]);
  });

  it('leave one that cannot be read alone, and say so; the batches go on', async () => {
    const records = inMemoryRecords();
    const told: string[] = [];
    const of: Records['of'] = () => Promise.resolve({ records: [], unreadable: [maria] });
    expect(await reading({ ...records, of }, course, told)(...takesCourse(true))).toContainEqual({
      kind: 'done',
    });
    expect(told).toEqual([maria]);
    expect(await records.of([maria])).toMatchObject({ records: [] });
  });
});
