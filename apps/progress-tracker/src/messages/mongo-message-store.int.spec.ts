import { newDatabases } from '../database.testkit';
import { foldRecords } from './fold-records';
import { messageStoreContract } from './message-store.contract';
import { logRecord, tell } from './messages.testkit';
import { mongoMessageStore } from './mongo-message-store';

const connect = newDatabases();
type Connection = Awaited<ReturnType<typeof connect>>;

describe('the message log in MongoDB', () => {
  let shared: Promise<Connection> | undefined;
  let collections = 0;
  messageStoreContract(async () => {
    shared ??= connect();
    return mongoMessageStore(await shared, `messages_${(collections += 1)}`);
  }, 5);

  it('lists what it can read, and says of the rest what is wrong', async () => {
    const connection = await connect();
    const store = await mongoMessageStore(connection);
    const sent = (id: string) => logRecord('SmsSent', { messageId: id, sid: `SM-${id}` });
    await tell(store, [sent('m1'), sent('m2'), sent('m3')]);
    const hand = { $set: { channel: 'pigeon' } };
    await connection.collection<{ _id: string }>('messages').updateOne({ _id: 'm2' }, hand);
    const loaded = await store.load(['m1'], ['SM-m2']);
    expect(loaded).toMatchObject({
      messages: [{ message: { messageId: 'm1' } }],
      unreadable: [{ ids: ['m2', 'SM-m2'], reason: 'channel: invalid_value' }],
    });
    const first = await store.messages({}, { limit: 2 });
    const unreadable = [{ id: 'm2', reason: 'channel: invalid_value' }];
    expect(first).toMatchObject({ items: [{ messageId: 'm3' }], unreadable, next: { id: 'm2' } });
    const rest = await store.messages({}, { limit: 2, ...(first.next ? { after: first.next } : {}) });
    expect(rest).toMatchObject({ items: [{ messageId: 'm1' }] });
  });

  it('is completed by the same records after a crash between the writes of a join', async () => {
    const connection = await connect();
    const store = await mongoMessageStore(connection);
    await tell(store, [logRecord('SmsStatusChanged', { status: 'delivered' })]);
    const sent = logRecord('SmsSent', { sid: 'SM1' });
    const folded = foldRecords((await store.load(['m1'], ['SM1'])).messages, [sent]);
    const [loose] = folded.absorbed;
    if (!loose) throw new Error('no part was to be absorbed');
    /* As if the process had ended right after the first of the three writes: the part has changed meanwhile. */
    await connection.collection('messages').updateOne({ sid: 'SM1' }, { $set: { version: 2 } });
    await expect(store.save(folded)).resolves.toBe(false);
    await expect(connection.collection('messages').countDocuments({})).resolves.toBe(2);
    await tell(store, [sent]);
    const documents = await connection.collection<{ _id: string }>('messages').find().toArray();
    expect(documents).toMatchObject([{ _id: 'm1', sid: 'SM1', status: 'delivered', body: 'Hello' }]);
  });

  it('finds a message by any id of the carrier that it holds, beside a part that came before its message', async () => {
    const store = await mongoMessageStore(await connect());
    const sent = (messageId: string, sid: string) => logRecord('SmsSent', { messageId, sid });
    await tell(store, [sent('m1', 'SM1'), sent('m1', 'SM2'), logRecord('SmsStatusChanged', { sid: 'SM3' })]);
    const idsFor = async (messageIds: readonly string[], sids: readonly string[]) =>
      (await store.load(messageIds, sids)).messages.map(({ message }) => message.sids).sort();
    expect(await idsFor([], ['SM2'])).toEqual([['SM1', 'SM2']]);
    expect(await idsFor(['m1'], ['SM1'])).toEqual([['SM1', 'SM2']]);
    expect(await idsFor(['m2'], ['SM3', 'SM2'])).toEqual([['SM1', 'SM2'], ['SM3']]);
    expect(await idsFor(['m2'], ['SM4'])).toEqual([]);
  });

  it('lets no two documents have one id of the carrier', async () => {
    const connection = await connect();
    const store = await mongoMessageStore(connection);
    const status = foldRecords([], [logRecord('SmsStatusChanged')]);
    const sent = foldRecords([], [logRecord('SmsSent', { sid: 'SM1' })]);
    await expect(store.save(status)).resolves.toBe(true);
    await expect(store.save(sent)).resolves.toBe(false);
    await expect(connection.collection('messages').countDocuments({ sid: 'SM1' })).resolves.toBe(1);
  });
});
