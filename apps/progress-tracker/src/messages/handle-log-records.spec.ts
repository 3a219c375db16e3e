import { encodeLogRecord, type SmsLogRecord } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import { mongo } from 'mongoose';
import { handleLogRecords, type LogReport } from './handle-log-records';
import { inMemoryMessageStore } from './in-memory-message-store';
import type { MessageStore } from './message-store';
import { logRecord } from './messages.testkit';

const onTopic = (value: string, key: string): LogRecord => ({
  topic: 'sms.log.v1',
  partition: 0,
  offset: '0',
  key,
  value: Buffer.from(value),
  headers: {},
  timestamp: 0,
});
const wire = (record: SmsLogRecord): LogRecord => onTopic(encodeLogRecord(record), record.phone);

const keeper = (store: MessageStore) => {
  const reports: LogReport[] = [];
  const handle = handleLogRecords({ store, report: (report) => void reports.push(report) });
  return {
    reports,
    handle: (records: readonly LogRecord[], current = true) => handle(records, { isCurrent: () => current }),
  };
};

describe('reading the message log', () => {
  it('puts aside what is no record, and takes the others', async () => {
    const store = inMemoryMessageStore();
    const { handle, reports } = keeper(store);
    const outcomes = await handle([
      wire(logRecord('SmsReceived')),
      onTopic('{"type":"SmsLost"}', '+12025550143'),
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
