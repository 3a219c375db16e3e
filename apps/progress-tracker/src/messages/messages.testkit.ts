import { smsLogRecordSchema, type SmsLogRecord } from '@stopcovid/contracts';
import fc from 'fast-check';
import { foldRecords, idsIn } from './fold-records';
import type { MessageStore } from './message-store';

const minute = (count: number): string =>
  `2026-03-01T10:${String(count % 60).padStart(2, '0')}:${String(Math.floor(count / 60) % 60).padStart(2, '0')}.000Z`;

/** Any record, sensible in all that the test does not say; `minutes` is its place in the hour. */
export const logRecord = (type: SmsLogRecord['type'], fields: object = {}, minutes = 0): SmsLogRecord => {
  const own = {
    SmsReceived: { sid: 'SM-in', to: '+12025550100', body: 'yes', mediaUrls: [] },
    SmsSent: { messageId: 'm1', body: 'Hello', mediaUrls: [] },
    SmsStatusChanged: { sid: 'SM1', status: 'sent' },
  }[type];
  const common = { type, schemaVersion: 1, phone: '+12025550143', at: minute(minutes) };
  return smsLogRecordSchema.parse({ ...common, ...own, ...fields });
};

/** All that the log may say of one message of ours: sent once, with reports that name our id or do not. */
const lifeOf = (name: string): fc.Arbitrary<readonly SmsLogRecord[]> => {
  const report = fc.record({
    status: fc.constantFrom('accepted', 'queued', 'sending', 'sent', 'delivered', 'undelivered', 'read'),
    ours: fc.boolean(),
    at: fc.integer({ min: 0, max: 50 }),
    errorCode: fc.option(fc.constantFrom('30003', '30005'), { nil: undefined }),
    millionths: fc.option(fc.constantFrom(7_900, 8_300), { nil: undefined }),
  });
  return fc.array(report, { maxLength: 5 }).map((reports) => [
    logRecord('SmsSent', { messageId: `m-${name}`, sid: `SM-${name}`, body: `text ${name}`, segments: 1 }, 5),
    ...reports.map(({ status, ours, at, errorCode, millionths }) =>
      logRecord(
        'SmsStatusChanged',
        {
          sid: `SM-${name}`,
          status,
          ...(ours ? { messageId: `m-${name}` } : {}),
          ...(errorCode === undefined ? {} : { errorCode }),
          ...(millionths === undefined ? {} : { price: { millionths, currency: 'USD' } }),
        },
        at,
      ),
    ),
  ]);
};

const inbound = (name: string): readonly SmsLogRecord[] => [
  logRecord('SmsReceived', { sid: `SM-${name}`, body: `reply ${name}` }, 7),
  logRecord('SmsStatusChanged', { sid: `SM-${name}`, status: 'receiving' }, 6),
  logRecord('SmsStatusChanged', { sid: `SM-${name}`, status: 'received', employerId: 'acme' }, 8),
];

/** A log of four messages in its own order and in another one, with repetitions, cut into slices. */
export const shuffledLogs = fc
  .tuple(lifeOf('a'), lifeOf('b'), lifeOf('c'))
  .map((lives) => [...lives.flat(), ...inbound('d')])
  .chain((log) =>
    fc.record({
      log: fc.constant(log),
      shuffled: fc
        .tuple(
          fc.shuffledSubarray(log, { minLength: log.length }),
          fc.array(fc.constantFrom(...log), { maxLength: 6 }),
        )
        .map(([all, again]) => [...all, ...again]),
      sliceSize: fc.integer({ min: 1, max: 5 }),
    }),
  );

/** Writes records into a store as the service does, a slice at a time. */
export const tell = async (
  store: MessageStore,
  records: readonly SmsLogRecord[],
  sliceSize = records.length,
): Promise<void> => {
  for (let at = 0; at < records.length; at += sliceSize) {
    const slice = records.slice(at, at + sliceSize);
    const { messageIds, sids } = idsIn(slice);
    const saved = await store.save(foldRecords((await store.load(messageIds, sids)).messages, slice));
    if (!saved) throw new Error('somebody else writes to the store of this test');
  }
};
