import { encodeLogRecord, type SmsLogRecord } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import { mongo } from 'mongoose';
import { handleLogRecords, type LogReport } from './handle-log-records';
import { inMemoryErasures } from '../erasure/erasure';
import { inMemoryMessageStore } from './in-memory-message-store';
import type { MessageStore } from './message-store';
import { logRecord } from './messages.testkit';
import { inMemoryWaitingRecords, type WaitingRecords } from './waiting-records';

const onTopic = (value: string, key: string, offset = '0'): LogRecord => ({
  topic: 'sms.log.v1',
  partition: 0,
  offset,
  key,
  value: Buffer.from(value),
  headers: {},
  timestamp: 0,
});
const wire = (record: SmsLogRecord): LogRecord => onTopic(encodeLogRecord(record), record.phone);

const keeper = (store: MessageStore, waiting = inMemoryWaitingRecords()) => {
  const reports: LogReport[] = [];
  const clock = { now: 0 };
  const handle = handleLogRecords({
    erasures: inMemoryErasures(),
    store,
    waiting,
    now: () => clock.now,
    report: (report) => void reports.push(report),
  });
  const { signal } = new AbortController();
  return {
    reports,
    waiting,
    clock,
    tryWaiting: () => handle.tryWaiting({ topic: 'sms.log.v1', partition: 0, signal }),
    handle: (records: readonly LogRecord[], current = true) =>
      handle(records, { isCurrent: () => current, partition: 0, signal }),
  };
};

describe('reading the message log', () => {
  it('puts aside what is no record, and takes the others', async () => {
    const store = inMemoryMessageStore();
    const { handle, reports } = keeper(store);
    const outcomes = await handle([
      wire(logRecord('SmsReceived')),
      onTopic('{"type":17}', '+12025550143'),
      onTopic(encodeLogRecord(logRecord('SmsSent')), '+12025550180'),
    ]);
    expect(outcomes).toMatchObject([
      { kind: 'done' },
      { kind: 'deadLetter', code: 'UNKNOWN_TYPE' },
      { kind: 'deadLetter', code: 'KEY_MISMATCH' },
    ]);
    expect(reports).toMatchObject([{ records: 3, unreadable: 2 }]);
    expect((await store.messages({}, { limit: 9 })).items).toHaveLength(1);
  });

  it('waits while the database is away, and says so', async () => {
    const away = new mongo.MongoNetworkError('no route');
    const { handle, reports } = keeper({ ...inMemoryMessageStore(), load: () => Promise.reject(away) });
    await expect(handle([wire(logRecord('SmsReceived'))])).resolves.toMatchObject([{ kind: 'retry' }]);
    expect(reports).toMatchObject([{ waiting: away }]);
  });

  it('reads again what another consumer wrote first', async () => {
    const store = inMemoryMessageStore();
    let refused = 2;
    const contested: MessageStore = {
      ...store,
      save: (folded) => ((refused -= 1) >= 0 ? Promise.resolve(false) : store.save(folded)),
    };
    await expect(keeper(contested).handle([wire(logRecord('SmsReceived'))])).resolves.toMatchObject([
      { kind: 'done' },
    ]);
    expect((await store.messages({}, { limit: 9 })).items).toHaveLength(1);
  });

  it('writes nothing once the partition is no longer ours', async () => {
    const store = inMemoryMessageStore();
    await expect(keeper(store).handle([wire(logRecord('SmsReceived'))], false)).resolves.toMatchObject([
      { kind: 'retry' },
    ]);
    expect((await store.messages({}, { limit: 9 })).items).toEqual([]);
  });

  it('hides no mistake of ours behind a retry', async () => {
    const broken = { ...inMemoryMessageStore(), load: () => Promise.reject(new TypeError('ours')) };
    await expect(keeper(broken).handle([wire(logRecord('SmsReceived'))])).rejects.toThrow('ours');
  });
});

describe('a record of the message log waits', () => {
  const key = '+12025550143';
  const lost = onTopic('{"type":"SmsLost"}', key, '4');

  it('that a later release wrote: it is no dead letter, and the others are taken in', async () => {
    const store = inMemoryMessageStore();
    const { handle, reports, waiting } = keeper(store);
    const outcomes = await handle([lost, wire(logRecord('SmsReceived'))]);
    expect(outcomes).toEqual([{ kind: 'done' }, { kind: 'done' }]);
    expect(reports).toMatchObject([{ unreadable: 0, began: [{ because: 'future', offset: '4' }] }]);
    await expect(waiting.of(0, { limit: 9 })).resolves.toMatchObject({
      records: [{ value: '{"type":"SmsLost"}' }],
    });
    expect((await store.messages({}, { limit: 9 })).items).toHaveLength(1);
  });

  it('until a release that can read it begins', async () => {
    const store = inMemoryMessageStore();
    const waiting = inMemoryWaitingRecords();
    const known = encodeLogRecord(logRecord('SmsReceived'));
    const phone = logRecord('SmsReceived').phone;
    const kept = { phone, partition: 0, offset: '4', value: known, reason: '', since: new Date(0) };
    await waiting.keep([{ ...kept, because: 'future' }]);
    const { handle, reports } = keeper(store, waiting);
    await handle([wire(logRecord('SmsSent'))]);
    expect(reports).toMatchObject([{ wentOn: 1 }]);
    expect((await store.messages({}, { limit: 9 })).items).toHaveLength(2);
    await expect(waiting.of(0, { limit: 9 })).resolves.toEqual({ records: [], spoilt: [] });
  });

  it('is taken in once its message is mended, also where nothing new comes, and counted until then', async () => {
    const inner = inMemoryMessageStore();
    const spoilt = { is: true };
    const store: MessageStore = {
      ...inner,
      load: async (ids, sids) => ({
        ...(await inner.load(ids, sids)),
        unreadable:
          spoilt.is && ids.includes('m1') ? [{ ids: ['m1'], reason: 'channel: invalid_value' }] : [],
      }),
    };
    const { handle, tryWaiting, reports, clock } = keeper(store);
    await handle([wire(logRecord('SmsSent'))]);
    expect(reports.at(-1)).toMatchObject({ waitingRecords: 1 });
    spoilt.is = false;
    clock.now = 59_999;
    await tryWaiting();
    expect((await inner.messages({}, { limit: 9 })).items).toHaveLength(0);
    clock.now = 60_000;
    await expect(tryWaiting()).resolves.toBeUndefined();
    expect(reports.at(-1)).toMatchObject({ records: 0, wentOn: 1, waitingRecords: 0 });
    expect((await inner.messages({}, { limit: 9 })).items).toHaveLength(1);
  });

  it('is tried again as a membership begins, before anything new comes', async () => {
    const store = inMemoryMessageStore();
    const waiting = inMemoryWaitingRecords();
    const record = logRecord('SmsReceived');
    const kept = {
      partition: 0,
      offset: '4',
      value: encodeLogRecord(record),
      reason: '',
      since: new Date(0),
    };
    await waiting.keep([{ ...kept, phone: record.phone, because: 'future' }]);
    await keeper(store, waiting).tryWaiting();
    expect((await store.messages({}, { limit: 9 })).items).toHaveLength(1);
  });

  it('beside one that cannot be read where it is kept: that one alone is passed over, and told', async () => {
    const inner = inMemoryWaitingRecords();
    const phone = logRecord('SmsReceived').phone;
    const value = encodeLogRecord(logRecord('SmsReceived'));
    const kept = { phone, partition: 0, offset: '4', value, reason: '', since: new Date(0) };
    await inner.keep([{ ...kept, because: 'future' }]);
    const spoilt = { name: '0/3', reason: 'value: invalid_type' };
    const paged: WaitingRecords = {
      ...inner,
      of: async (partition, { after, limit }) =>
        after === undefined
          ? { records: [], spoilt: [spoilt], next: spoilt.name }
          : inner.of(partition, { after, limit }),
    };
    const store = inMemoryMessageStore();
    const { handle, reports } = keeper(store, paged);
    await expect(handle([wire(logRecord('SmsSent'))])).resolves.toEqual([{ kind: 'done' }]);
    expect(reports).toMatchObject([{ wentOn: 1, spoilt: [spoilt] }]);
    expect((await store.messages({}, { limit: 9 })).items).toHaveLength(2);
  });

  it('whose message cannot be read, and is taken in within a minute of being mended', async () => {
    const inner = inMemoryMessageStore();
    const spoilt = { is: true };
    const store: MessageStore = {
      ...inner,
      load: async (ids, sids) => ({
        ...(await inner.load(ids, sids)),
        unreadable:
          spoilt.is && ids.includes('m1') ? [{ ids: ['m1'], reason: 'channel: invalid_value' }] : [],
      }),
    };
    const { handle, reports, waiting, clock } = keeper(store);
    const sent = logRecord('SmsSent');
    await expect(handle([wire(sent), wire(logRecord('SmsReceived'))])).resolves.toEqual([
      { kind: 'done' },
      { kind: 'done' },
    ]);
    expect(reports).toMatchObject([{ began: [{ because: 'unreadable', reason: 'channel: invalid_value' }] }]);
    expect((await inner.messages({}, { limit: 9 })).items).toHaveLength(1);
    spoilt.is = false;
    await handle([wire(logRecord('SmsReceived'))]);
    expect((await waiting.of(0, { limit: 9 })).records).toHaveLength(1);
    clock.now = 60_000;
    await handle([wire(logRecord('SmsReceived'))]);
    await expect(waiting.of(0, { limit: 9 })).resolves.toEqual({ records: [], spoilt: [] });
    expect((await inner.messages({}, { limit: 9 })).items).toHaveLength(2);
  });
});
