import { randomUUID } from 'node:crypto';
import { phoneSchema } from '@stopcovid/contracts';
import { connectMongo } from '@stopcovid/mongo';
import type { Connection } from 'mongoose';
import { mongoOutboxStore } from './mongo-outbox-store';
import { outboxStoreContract } from './outbox-store.contract';
import { acceptBatch } from '../outbox/accept-batch';
import { emptyOutbox, rememberSid } from '../outbox/outbox';
import { rememberSent } from '../outbox/sent-lately';
import { batchOf, phone, reply, rules } from '../outbox/outbox.testkit';
import { saved, unreadablePauseMs } from './outbox-store';

const mongoUrl = (): string => {
  const url = process.env['MONGODB_URL'];
  if (!url) throw new Error('this spec needs MONGODB_URL, for example mongodb://127.0.0.1:27017');
  const address = new URL(url);
  address.pathname = `/sender_${randomUUID().slice(0, 8)}`;
  return address.toString();
};
const silent = { info: () => undefined, warn: () => undefined };

describe('the MongoDB outbox store', () => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await connectMongo({ url: mongoUrl(), appName: 'spec', logger: silent });
  });
  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
  });
  beforeEach(async () => {
    await connection.dropDatabase();
  });
  outboxStoreContract(() => mongoOutboxStore(connection));

  const waiting = Array.from({ length: 9 }, (_, index) => phone(index + 1));
  const due = (at: number, limit = 3) => ({ partitions: [0], lane: 'first', at, limit }) as const;
  const planted = async (spoiled: readonly string[]) => {
    const store = await mongoOutboxStore(connection);
    const outboxes = waiting.map((of, index) => {
      const arrival = { batch: batchOf(1, { phone: of }), texts: [reply('hello')] };
      const origin = { partition: 0, offset: '1', at: index };
      return acceptBatch(emptyOutbox(of, 0), { ...arrival, origin }, rules);
    });
    await store.save(outboxes);
    const ids = spoiled.map((of) => phoneSchema.parse(of));
    await connection
      .collection<{ _id: string }>('outboxes')
      .updateMany({ _id: { $in: ids } }, { $set: { 'pending.0.kind': 'survey' } });
    return store;
  };

  it('finds as many as asked for behind any number of documents that cannot be read', async () => {
    const spoiled = waiting.slice(0, 5);
    const store = await planted(spoiled);
    const found = await store.due(due(100));
    expect([...found.outboxes.keys()]).toEqual(waiting.slice(5, 8));
    expect([...found.unreadable.keys()]).toEqual(spoiled);
  });

  it('puts those off that cannot be read, and asks for them again later', async () => {
    const spoiled = [waiting[0]!, waiting[4]!];
    const store = await planted(spoiled);
    const rest = waiting.filter((of) => !spoiled.includes(of));
    expect([...(await store.due(due(100, 9))).outboxes.keys()]).toEqual(rest);
    const again = await store.due(due(100, 9));
    expect([[...again.outboxes.keys()], again.unreadable.size]).toEqual([rest, 0]);
    const later = await store.due(due(100 + unreadablePauseMs, 9));
    expect([...later.unreadable.keys()].sort()).toEqual([...spoiled].sort());
  });

  it('ends when none of all that is due can be read', async () => {
    const store = await planted(waiting);
    const found = await store.due(due(100));
    expect([found.outboxes.size, found.unreadable.size]).toEqual([0, waiting.length]);
  });

  it('writes over nothing that was put there under the same revision', async () => {
    const store = await planted([]);
    const [first] = waiting;
    const read = first && (await store.load([first])).outboxes.get(first);
    if (read === undefined) throw new Error('it was planted');
    await connection
      .collection<{ _id: string }>('outboxes')
      .updateOne({ _id: read.phone }, { $set: { optedOut: true, writeId: 'somebody' } });
    expect(await store.save([{ ...read, notBefore: 7 }])).toEqual(new Set([read.phone]));
    const again = (await store.load([read.phone])).outboxes.get(read.phone);
    expect(again).toEqual({ ...read, optedOut: true });
    expect(await store.save(again ? [{ ...again, notBefore: 7 }] : [])).toEqual(new Set());
    const written = (await store.load([read.phone])).outboxes.get(read.phone);
    expect(written).toEqual({ ...saved(read), optedOut: true, notBefore: 7 });
  });

  it('gives back whole what another store of it wrote as changes', async () => {
    const [writer, reader] = [await planted([]), await mongoOutboxStore(connection)];
    const texts = [...'abcdefghijklmn'].map((name) => ({ id: name, sid: `SM${name}` }));
    let [outbox] = (await writer.load(waiting.slice(0, 1))).outboxes.values();
    for (const { id, sid } of texts) {
      const [item] = outbox?.pending ?? [];
      if (outbox === undefined || item === undefined) throw new Error('it was planted');
      const delivery = { status: 'SENT', at: 9, sid } as const;
      const next = rememberSent(rememberSid(outbox, sid), { ...item, id, delivery });
      expect(await writer.save([next])).toEqual(new Set());
      outbox = saved(next);
      expect((await reader.load([outbox.phone])).outboxes.get(outbox.phone)).toEqual(outbox);
    }
    expect(outbox?.sentLately?.map(({ id }) => id)).toEqual([...'ghijklmn']);
  });

  it('serves a document that does not say whether it is in doubt like the others', async () => {
    const store = await planted([]);
    await connection.collection('outboxes').updateMany({}, { $unset: { doubtful: 1 } });
    expect([...(await store.due(due(100))).outboxes.keys()]).toEqual(waiting.slice(0, 3));
    expect((await store.due({ ...due(100), lane: 'doubtful' })).outboxes.size).toBe(0);
  });
});
