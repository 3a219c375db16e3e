import { decodeCommand, type DecodedBatch } from '@stopcovid/contracts';
import {
  InMemoryLog,
  inMemoryPublisher,
  PublishFailed,
  type LogRecord,
  type Publisher,
} from '@stopcovid/kafka';
import { inMemoryProgressStore } from '../progress/in-memory-progress-store';
import type { ProgressStore } from '../progress/progress-store';
import { batchOf, completed, event, maria, offering, recordOf, started } from '../tracker.testkit';
import { handleBatches, type BatchParts, type ReadReport } from './handle-batches';
import { MissingBatches } from './missing-batches';

const tracker = (changes: Partial<BatchParts> = {}) => {
  const log = new InMemoryLog(1);
  const store = inMemoryProgressStore();
  const reports: ReadReport[] = [];
  const sought: string[] = [];
  let membership = new AbortController();
  const parts: BatchParts = {
    store,
    publisher: inMemoryPublisher(log),
    offer: () => offering('one', 'two'),
    missing: new MissingBatches(),
    report: (report) => void reports.push(report),
    ...changes,
  };
  const context = {
    topic: 'dialog.events.v1',
    partition: 0,
    isCurrent: () => true,
    get signal() {
      return membership.signal;
    },
    seek: (offset: string) => void sought.push(offset),
  };
  return {
    store: parts.store,
    reports,
    sought,
    commands: () => log.records('dialog.commands.v1').map(({ value }) => decodeCommand(value ?? '')),
    read: (...records: readonly LogRecord[]) => handleBatches(parts)(records, context),
    rebalance: () => {
      membership.abort();
      membership = new AbortController();
    },
  };
};

const records = (...batches: readonly DecodedBatch[]): readonly LogRecord[] =>
  batches.map((batch) => recordOf(batch));
const failing = (error: Error): Publisher => ({
  publish: () => Promise.reject(error),
  close: () => Promise.resolve(),
});

describe('reading batches', () => {
  it('keeps the projections and produces what the batches call for', async () => {
    const { read, store, commands } = tracker();
    const outcomes = await read(
      ...records(batchOf(1, [event('TraineeRegistered')]), batchOf(2, [started('one')])),
    );
    expect(outcomes).toEqual([{ kind: 'done' }, { kind: 'done' }]);
    await expect(store.trainee(maria)).resolves.toMatchObject({ version: 2, runningId: 'run-one' });
    expect(commands()).toMatchObject([{ ok: true, value: { type: 'StartDrill', drill: 'one' } }]);
  });

  it('changes nothing when batches come again', async () => {
    const { read, store, commands } = tracker();
    const batches = records(
      batchOf(1, [event('TraineeRegistered')]),
      batchOf(2, [started('one'), completed('one')]),
    );
    await read(...batches);
    const before = await store.trainee(maria);
    await read(...batches);
    await expect(store.trainee(maria)).resolves.toEqual(before);
    expect(commands()).toHaveLength(1);
  });

  it('writes nothing while its commands cannot be produced, so that none is lost', async () => {
    const { read, store } = tracker({
      publisher: failing(new PublishFailed('dialog.commands.v1', new Error('away'))),
    });
    const [outcome] = await read(...records(batchOf(1, [event('TraineeRegistered')])));
    expect(outcome).toMatchObject({ kind: 'retry' });
    await expect(store.trainee(maria)).resolves.toBeUndefined();
  });

  it('throws its own mistakes, for the transport to find their record', async () => {
    const { read } = tracker({ publisher: failing(new TypeError('x is not a function')) });
    await expect(read(...records(batchOf(1, [event('TraineeRegistered')])))).rejects.toThrow(TypeError);
  });

  it('folds again what another writer changed first', async () => {
    const inner = inMemoryProgressStore();
    let interfered = false;
    const store: ProgressStore = {
      ...inner,
      save: async (runs, trainees) => {
        if (!interfered) {
          interfered = true;
          await inner.save([], trainees);
        }
        return inner.save(runs, trainees);
      },
    };
    const { read } = tracker({ store });
    await expect(read(...records(batchOf(1, [started('one')])))).resolves.toEqual([{ kind: 'done' }]);
    await expect(inner.trainee(maria)).resolves.toMatchObject({ version: 1 });
  });

  it.each([
    ['not JSON', { value: Buffer.from('{') }, 'NOT_JSON'],
    ['no value', { value: null }, 'VALUE_MISSING'],
    ["another phone's key", { key: '+12025550199' }, 'KEY_MISMATCH'],
  ])('puts a record aside that has %s, and takes the next', async (_what, wrong, code) => {
    const { read, store } = tracker();
    const good = recordOf(batchOf(1, [started('one')]));
    const outcomes = await read({ ...good, ...wrong }, good);
    expect(outcomes).toMatchObject([{ kind: 'deadLetter', code }, { kind: 'done' }]);
    await expect(store.trainee(maria)).resolves.toMatchObject({ version: 1 });
  });

  it('counts events that it does not know, and keeps the rest', async () => {
    const { read, store, reports } = tracker();
    const record = recordOf(batchOf(1, [started('one')]));
    const value = Buffer.from(
      (record.value?.toString() ?? '').replace('"events":[', '"events":[{"type":"CertificateIssued"},'),
    );
    await read({ ...record, value });
    expect(reports).toMatchObject([{ unknownEvents: ['CertificateIssued'] }]);
    await expect(store.trainee(maria)).resolves.toMatchObject({ runningId: 'run-one' });
  });
});

describe('a missing batch', () => {
  it('is looked for from the last one that the phone has', async () => {
    const { read, sought, reports } = tracker();
    await read(...records(batchOf(1, [started('one')])));
    await read(recordOf(batchOf(3, []), 7));
    expect(sought).toEqual(['1']);
    expect(reports.at(-1)).toMatchObject({ gaps: [{ after: 1, found: 3, verdict: 'lookAgain' }] });
  });

  it('parks its phone when it is really not there, and the others go on', async () => {
    const { read, sought, reports, store } = tracker();
    await read(...records(batchOf(1, [started('one')])));
    const other = batchOf(1, [started('two')], { phone: '+12025550180' as DecodedBatch['phone'] });
    for (let time = 0; time < 3; time += 1) await read(recordOf(batchOf(3, []), 7), recordOf(other, 8));
    expect(sought).toEqual(['1']);
    expect(reports.slice(-2).map(({ gaps }) => gaps[0]?.verdict)).toEqual(['park', 'parked']);
    expect(reports.at(-1)?.parked).toBe(1);
    await expect(store.trainee(other.phone)).resolves.toMatchObject({ version: 1 });
  });

  it('is looked for again when the partition was lost before the looking ended', async () => {
    const { read, sought, reports, rebalance } = tracker();
    await read(...records(batchOf(1, [started('one')])));
    await read(recordOf(batchOf(3, []), 7));
    rebalance();
    await read(recordOf(batchOf(3, []), 7));
    expect(sought).toEqual(['1', '1']);
    expect(reports.at(-1)?.parked).toBe(0);
  });

  it('is forgotten once it came', async () => {
    const { read, reports, store } = tracker();
    await read(recordOf(batchOf(2, [completed('one')]), 2));
    await read(recordOf(batchOf(2, [completed('one')]), 2));
    expect(reports.at(-1)?.parked).toBe(1);
    await read(...records(batchOf(1, [started('one')]), batchOf(2, [completed('one')])));
    await expect(store.trainee(maria)).resolves.toMatchObject({ version: 2 });
    await read(...records(batchOf(3, [])));
    expect(reports.at(-1)?.parked).toBe(0);
  });
});
