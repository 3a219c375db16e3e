import fc from 'fast-check';
import { foldRecords } from './fold-records';
import { inMemoryMessageStore } from './in-memory-message-store';
import { logRecord, shuffledLogs, tell } from './messages.testkit';

describe('the message log', () => {
  it('comes out the same whatever the order, the repetitions and the slices, one document per message', async () => {
    await fc.assert(
      fc.asyncProperty(shuffledLogs, async ({ log, shuffled, sliceSize }) => {
        const [straight, crooked] = [inMemoryMessageStore(), inMemoryMessageStore()];
        await tell(straight, log);
        await tell(crooked, shuffled, sliceSize);
        const page = await crooked.messages({}, { limit: 100 });
        expect(page.items).toHaveLength(4);
        expect(page.items.every(({ content }) => content.body !== undefined)).toBe(true);
        expect(page).toEqual(await straight.messages({}, { limit: 100 }));
      }),
    );
  });

  it('changes nothing for records that it knows', async () => {
    const store = inMemoryMessageStore();
    const records = [logRecord('SmsSent', { sid: 'SM1' }), logRecord('SmsStatusChanged')];
    await tell(store, records);
    expect(foldRecords((await store.load(['m1'], ['SM1'])).messages, records)).toEqual({
      changes: [],
      absorbed: [],
    });
  });

  it('keeps every id of the carrier when one message of ours was sent twice', async () => {
    const store = inMemoryMessageStore();
    await tell(
      store,
      [
        logRecord('SmsStatusChanged', { sid: 'SM2', status: 'delivered' }),
        logRecord('SmsSent', { sid: 'SM2' }),
        logRecord('SmsSent', { sid: 'SM1' }),
        logRecord('SmsStatusChanged', { sid: 'SM2', status: 'read' }),
      ],
      1,
    );
    await expect(store.messages({}, { limit: 9 })).resolves.toMatchObject({
      items: [{ messageId: 'm1', sids: ['SM1', 'SM2'], report: { status: 'read' } }],
    });
  });

  it("never gives one message another's id of the carrier, whatever a record claims", async () => {
    const store = inMemoryMessageStore();
    await tell(
      store,
      [
        logRecord('SmsSent', { messageId: 'm1', sid: 'SM1' }),
        logRecord('SmsSent', { messageId: 'm2', sid: 'SM1' }),
        logRecord('SmsReceived', { sid: 'SM-in' }),
        logRecord('SmsStatusChanged', { messageId: 'm2', sid: 'SM-in' }),
      ],
      1,
    );
    const { items } = await store.messages({}, { limit: 9 });
    expect(items.map(({ sids }) => sids)).toEqual(expect.arrayContaining([['SM1'], [], ['SM-in']]));
  });
});
