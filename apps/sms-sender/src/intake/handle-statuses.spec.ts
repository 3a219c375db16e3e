import { encodeLogRecord, timestampSchema, topics } from '@stopcovid/contracts';
import type { LogRecord, Publisher } from '@stopcovid/kafka';
import { SettledTexts } from '../dispatch/settled-texts';
import { ann, policy } from '../outbox/outbox.testkit';
import { inMemoryOutboxStore } from '../store/in-memory-outbox-store';
import { StatusIntake } from './handle-statuses';

const reportOf = (messageId: string, errorCode?: string): LogRecord => ({
  topic: topics.smsLog,
  partition: 0,
  offset: '0',
  key: ann,
  value: Buffer.from(
    encodeLogRecord({
      type: 'SmsStatusChanged',
      schemaVersion: 1,
      phone: ann,
      at: timestampSchema.parse('2026-03-01T17:05:00.000Z'),
      sid: 'SMreported',
      messageId,
      status: errorCode === undefined ? 'delivered' : 'failed',
      ...(errorCode === undefined ? {} : { errorCode }),
    }),
  ),
  headers: {},
  timestamp: 0,
});

const nobody: Publisher = {
  publish: () => Promise.reject(new Error('there is nothing to tell')),
  close: () => Promise.resolve(),
};

/** An intake that knows two texts of partition 3 as settled at most, and how often it loads. */
const intake = (owned: readonly number[] = [3]) => {
  const inner = inMemoryOutboxStore();
  const seen = { loads: 0, reports: 0 };
  const held = { partitions: owned, joins: 1 };
  const settled = new SettledTexts(() => ({ ...held }), 2);
  const statuses = new StatusIntake({
    store: { ...inner, load: (phones) => ((seen.loads += 1), inner.load(phones)) },
    publisher: nobody,
    policy,
    now: () => 0,
    wake: () => undefined,
    refused: () => undefined,
    isSettled: (id) => settled.has(id),
    onReport: () => void (seen.reports += 1),
    onTrouble: () => undefined,
  });
  const note = (id: string, status: 'SENT' | 'FAILED' = 'SENT'): void =>
    settled.note(
      {
        id,
        delivery:
          status === 'SENT' ? { status, at: 0, sid: 'SM1' } : { status, at: 0, code: '30003', message: '' },
      },
      { partition: 3 },
    );
  const losesAndGetsThem = (): void => void (held.joins += 1);
  return {
    seen,
    note,
    losesAndGetsThem,
    hear: (...records: readonly LogRecord[]) => statuses.handle(records),
  };
};

describe('what the carrier reports of a text that this process has settled', () => {
  it('reads no outbox, and is counted like any other', async () => {
    const { seen, note, hear } = intake();
    note('one');
    expect(await hear(reportOf('one'), reportOf('one'))).toEqual([{ kind: 'done' }, { kind: 'done' }]);
    expect(seen).toEqual({ loads: 0, reports: 2 });
  });

  it.each([
    ['it tells of an error', [3], ['one'], reportOf('one', '30003')],
    ['the text is not known here', [3], [], reportOf('one')],
    ['the partition is somebody else’s by now', [2], ['one'], reportOf('one')],
    ['the text was settled long ago', [3], ['one', 'two', 'three'], reportOf('one')],
  ] as const)('reads it where %s', async (_, owned, settled, report) => {
    const { seen, note, hear } = intake(owned);
    for (const id of settled) note(id);
    await hear(report);
    expect(seen.loads).toBe(1);
  });

  it('reads it where the partition was another’s in between', async () => {
    const { seen, note, losesAndGetsThem, hear } = intake();
    note('one');
    losesAndGetsThem();
    await hear(reportOf('one'));
    note('two');
    await hear(reportOf('two'));
    expect(seen.loads).toBe(1);
  });

  it('reads it where the text was given up: the carrier says otherwise', async () => {
    const { seen, note, hear } = intake();
    note('one', 'FAILED');
    await hear(reportOf('one'));
    expect(seen.loads).toBe(1);
  });
});
