import { phoneSchema } from '@stopcovid/contracts';
import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { mongoWaitingRecords } from './mongo-waiting-records';
import { waitingRecordsContract } from './waiting-records.contract';

const waits = {
  phone: phoneSchema.parse('+12025550143'),
  partition: 2,
  value: '{"type":"SmsLost"}',
  because: 'future',
  reason: 'a type yet to come',
  since: new Date('2026-03-01T10:00:00.000Z'),
} as const;

describe('records that wait in MongoDB', () => {
  let connection: Awaited<ReturnType<typeof connectMongo>>;
  let collections = 0;
  beforeAll(async () => {
    connection = await connectMongo(testDatabase());
  });
  afterAll(() => connection.close());

  it('passes over one that cannot be read, and no other, page by page', async () => {
    const records = await mongoWaitingRecords(connection, 'waiting_spoilt');
    await records.keep(['5', '6', '7'].map((offset) => ({ ...waits, offset })));
    const rows = connection.collection<{ _id: string }>('waiting_spoilt');
    await rows.updateOne({ _id: '2/6' }, { $unset: { value: 1 }, $set: { because: 'later' } });
    const spoilt = [{ name: '2/6', reason: expect.stringMatching('value.*because') as string }];
    await expect(records.of(2, { limit: 2 })).resolves.toEqual({
      records: [{ ...waits, offset: '5' }],
      spoilt,
      next: '2/6',
    });
    const rest = { records: [{ ...waits, offset: '7' }], spoilt: [] };
    await expect(records.of(2, { limit: 2, after: '2/6' })).resolves.toEqual(rest);
    await expect(records.of(2, { limit: 1, after: '2/5' })).resolves.toMatchObject({
      records: [],
      next: '2/6',
    });
    await expect(records.count()).resolves.toBe(3);
  });

  waitingRecordsContract(() => mongoWaitingRecords(connection, `waiting_${(collections += 1)}`));
});
