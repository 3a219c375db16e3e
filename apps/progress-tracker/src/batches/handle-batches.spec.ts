import { decodeCommand, decodeLogRecord, type DecodedBatch } from '@stopcovid/contracts';
import {
  InMemoryLog,
  inMemoryPublisher,
  PublishFailed,
  type LogRecord,
  type Publisher,
} from '@stopcovid/kafka';
import { inMemoryWaitingPhones, type SliceReport } from '@stopcovid/projections';
import { inMemoryProgressStore } from '../progress/in-memory-progress-store';
import type { ProgressStore } from '../progress/progress-store';
import { keptInMemory } from '../projections/kept-stores';
import {
  batchOf,
  completed,
  event,
  maria,
  offering,
  recordOf,
  registered,
  started,
} from '../tracker.testkit';
import { handleBatches, type BatchParts } from './handle-batches';

const tracker = (changes: Partial<BatchParts> = {}) => {
  const log = new InMemoryLog(1);
  const store = inMemoryProgressStore();
  const reports: SliceReport[] = [];
  const sought: string[] = [];
  const membership = new AbortController();
  const parts: BatchParts = {
    store,
    kept: keptInMemory(),
    publisher: inMemoryPublisher(log),
    offer: () => offering('one', 'two'),
    waiting: inMemoryWaitingPhones(),
    now: () => 0,
    report: (report) => void reports.push(report),
    ...changes,
  };
  const handle = handleBatches(parts);
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
    waiting: parts.waiting,
    reports,
    sought,
    attributed: () =>
      log.records('sms.log.v1').map(({ value }) => {
        const decoded = decodeLogRecord(value ?? '');
        if (!decoded.ok || decoded.value.type !== 'SmsStatusChanged') throw new Error('says something else');
        const { sid, employerId, unitId, language } = decoded.value;
        return [sid, employerId, unitId, language];
      }),
    commands: () => log.records('dialog.commands.v1').map(({ value }) => decodeCommand(value ?? '')),
    read: (...records: readonly LogRecord[]) => handle(records, context),
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

  it('says in the message log whom a text that came in counts for, as its trainee was then', async () => {
    const { read, attributed } = tracker();
    const of = (unitId: string) => ({ trainee: { ...registered, account: { employerId: 'acme', unitId } } });
    await read(
      ...records(
        batchOf(1, [event('TraineeRegistered')], { ...of('bar'), commandId: 'SM1' }),
        batchOf(2, [], { ...of('kitchen'), commandId: 'SM2' }),
        batchOf(3, [started('one')], { ...of('kitchen'), commandType: 'StartDrill' }),
      ),
    );
    expect(attributed()).toEqual([
      ['SM1', 'acme', 'bar', 'en'],
      ['SM2', 'acme', 'kitchen', 'en'],
    ]);
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
  it('makes its phone wait on record, and the others go on', async () => {
    const { read, sought, reports, store, waiting } = tracker();
    await read(...records(batchOf(1, [started('one')])));
    const other = batchOf(1, [started('two')], { phone: '+12025550180' as DecodedBatch['phone'] });
    for (let time = 0; time < 3; time += 1) await read(recordOf(batchOf(3, []), 7), recordOf(other, 8));
    expect(sought).toEqual(['1']);
    expect(reports.flatMap(({ began }) => began)).toMatchObject([{ phone: maria, after: 1, found: 3 }]);
    await expect(waiting.of(0)).resolves.toMatchObject([{ phone: maria, readFrom: '1', because: 'gap' }]);
    await expect(store.trainee(other.phone)).resolves.toMatchObject({ version: 1 });
  });

  it('keeps no change of consent from the ledger', async () => {
    const kept = keptInMemory();
    const { read } = tracker({ kept });
    await read(recordOf(batchOf(2, [event('TraineeOptedOut')]), 2));
    await expect(kept.consents.of(maria)).resolves.toMatchObject([{ consent: 'out', sequence: 2 }]);
  });
});

describe('a run that cannot be read', () => {
  it('makes its phone wait, though the trainee can be read', async () => {
    const inner = inMemoryProgressStore();
    const store: ProgressStore = {
      ...inner,
      load: async (phones, runIds) => ({
        ...(await inner.load(phones, runIds)),
        unreadable: new Map([['run-two', 'drill_runs: status: invalid_value']]),
      }),
    };
    const { read, waiting } = tracker({ store });
    await read(...records(batchOf(1, [started('one')]), batchOf(2, [started('two')])));
    await expect(waiting.of(0)).resolves.toMatchObject([
      { because: 'unreadable', readFrom: '1', reason: 'drill_runs: status: invalid_value' },
    ]);
    await expect(store.trainee(maria)).resolves.toBeUndefined();
  });
});
