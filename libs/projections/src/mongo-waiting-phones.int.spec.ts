import { phoneSchema } from '@stopcovid/contracts';
import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { mongoWaitingPhones, type OnSpoilt } from './mongo-waiting-phones';
import { waitingPhonesContract } from './waiting-phones.contract';
import type { Waiting } from './waiting';

const [maria, sokha] = ['+12025550143', '+12025550180'].map((phone) => phoneSchema.parse(phone));

describe('the record of waiting phones in MongoDB', () => {
  let connection: Awaited<ReturnType<typeof connectMongo>>;
  let opened = 0;
  beforeAll(async () => {
    connection = await connectMongo(testDatabase());
  });
  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
  });
  const open = (onSpoilt: OnSpoilt) => mongoWaitingPhones(connection, `waiting_${(opened += 1)}`, onSpoilt);

  waitingPhonesContract(() => open((id) => expect(id).toBe('never told')));

  const both = async () => {
    const told: string[] = [];
    const record = await open((_id, reason) => void told.push(reason));
    const waits = {
      partition: 2,
      after: 4,
      readFrom: '17',
      because: 'gap',
      reason: '',
      since: new Date(1),
    } as const;
    await record.keep([maria, sokha].flatMap((phone): Waiting[] => (phone ? [{ phone, ...waits }] : [])));
    const spoil = (fields: object) =>
      connection
        .collection<{ _id: string }>(`waiting_${opened}`)
        .updateOne({ _id: String(maria) }, { $set: fields });
    return { told, record, spoil, sound: { phone: sokha, ...waits } };
  };
  const unreadable = { phone: maria, because: 'unreadable', after: 0, readFrom: '17' };

  it.each([
    { after: '4' },
    { because: 'later' },
    { since: { v2: 0 } },
    { partition: '2' },
    { partition: null },
  ])(
    'lets one document that cannot be read (%j) stop its own phone alone, and tells it once',
    async (fields) => {
      const { told, record, spoil, sound } = await both();
      await spoil(fields);
      await expect(record.of(2)).resolves.toEqual([
        expect.objectContaining({ ...unreadable, partition: 2 }),
        sound,
      ]);
      const found = await record.find([maria, sokha].flatMap((phone) => phone ?? []));
      expect([...found.values()]).toEqual(
        expect.arrayContaining([expect.objectContaining(unreadable), sound]),
      );
      expect(told).toHaveLength(1);
    },
  );

  it('tells it again where it was written anew and spoilt again', async () => {
    const { told, record, spoil } = await both();
    await spoil({ after: '4' });
    await record.keep(await record.of(2));
    await spoil({ readFrom: 17 });
    await expect(record.of(2)).resolves.toMatchObject([{ phone: maria, readFrom: '0' }, { phone: sokha }]);
    expect(told).toHaveLength(2);
  });
});
