import { phoneSchema } from '@stopcovid/contracts';
import fc from 'fast-check';
import { foldRecords } from './fold-records';
import { idOf } from './logged-message';
import { costRows } from './cost-rows';
import type { CostFilter, MessageFilter, MessagePlace, MessageStore } from './message-store';
import { logRecord, shuffledLogs, tell } from './messages.testkit';

const sokha = phoneSchema.parse('+12025550180');

/** What every store of the message log must do. */
export const messageStoreContract = (open: () => Promise<MessageStore>, runs: number): void => {
  const idsOf = async (store: MessageStore, filter: MessageFilter): Promise<readonly string[]> =>
    (await store.messages(filter, { limit: 100 })).items.map(idOf);

  it('gives back what was saved, found by either id', async () => {
    const store = await open();
    const sent = logRecord('SmsSent', { sid: 'SM1', segments: 2, encoding: 'UCS-2', kind: 'DrillStarted' });
    await tell(store, [sent, logRecord('SmsReceived')]);
    const [byOurs, bySid, both] = await Promise.all([
      store.load(['m1'], []),
      store.load([], ['SM1']),
      store.load(['m1'], ['SM1', 'SM-in']),
    ]);
    expect(byOurs).toEqual(bySid);
    expect(both.messages).toHaveLength(2);
    expect(foldRecords([], [sent]).changes.map(({ next }) => next)).toEqual(
      byOurs.messages.map(({ message }) => message),
    );
    await expect(store.load(['m2'], ['SM2'])).resolves.toEqual({ messages: [], unreadable: [] });
  });

  it('joins a status that came first with its message, in one document', async () => {
    const store = await open();
    await tell(store, [logRecord('SmsStatusChanged', { status: 'delivered', channel: 'whatsapp' }, 2)]);
    await expect(idsOf(store, {})).resolves.toEqual(['SM1']);
    await tell(store, [logRecord('SmsSent', { sid: 'SM1' }, 1)]);
    await expect(store.messages({}, { limit: 9 })).resolves.toMatchObject({
      items: [
        { messageId: 'm1', sids: ['SM1'], content: { body: 'Hello' }, report: { status: 'delivered' } },
      ],
    });
    expect((await store.load([], ['SM1'])).messages).toHaveLength(1);
  });

  it('comes out the same in any order of records, with repetitions', async () => {
    await fc.assert(
      fc.asyncProperty(shuffledLogs, async ({ log, shuffled, sliceSize }) => {
        const [straight, crooked] = [await open(), await open()];
        await tell(straight, log);
        await tell(crooked, shuffled, sliceSize);
        const page = await crooked.messages({}, { limit: 100 });
        expect(page.items).toHaveLength(4);
        expect(page).toEqual(await straight.messages({}, { limit: 100 }));
      }),
      { numRuns: runs },
    );
  });

  it('refuses to write over what another writer left', async () => {
    const store = await open();
    const sent = logRecord('SmsSent', { sid: 'SM1' });
    const stale = foldRecords([], [sent]);
    await tell(store, [sent, logRecord('SmsStatusChanged', { status: 'delivered' })]);
    await expect(store.save(stale)).resolves.toBe(false);
    await expect(store.messages({}, { limit: 9 })).resolves.toMatchObject({
      items: [{ report: { status: 'delivered' } }],
    });
  });

  it('lists the newest first, in pages that miss and repeat nothing', async () => {
    const store = await open();
    const minutes = [3, 1, 2, 2, 2, 4];
    await tell(
      store,
      minutes.map((at, index) => logRecord('SmsReceived', { sid: `SM-${index}` }, at)),
    );
    const seen: string[] = [];
    let after: MessagePlace | undefined;
    do {
      const page = await store.messages({}, { limit: 2, ...(after === undefined ? {} : { after }) });
      seen.push(...page.items.map(idOf));
      after = page.next;
    } while (after !== undefined);
    expect(seen).toEqual(['SM-5', 'SM-0', 'SM-4', 'SM-3', 'SM-2', 'SM-1']);
  });

  it('takes the words of who was erased, and nothing of what they cost or said since', async () => {
    const store = await open();
    const rosas = logRecord('SmsSent', { sid: 'SM1', body: 'Hi Rosa', segments: 2, encoding: 'GSM-7' }, 1);
    const since = logRecord('SmsReceived', { sid: 'SM2', body: 'hello' }, 9);
    await tell(store, [rosas, since]);
    const cost = await store.costs({}, []);
    await store.forget(rosas.phone, new Date(logRecord('SmsReceived', {}, 5).at));
    const { items } = await store.messages({}, { limit: 9 });
    expect(items.map(({ content }) => content.body)).toEqual(['hello', '']);
    await expect(store.costs({}, [])).resolves.toEqual(cost);
  });

  it('filters by phone, time, status and direction', async () => {
    const store = await open();
    await tell(store, [
      logRecord('SmsReceived', { sid: 'in' }, 1),
      logRecord('SmsSent', { messageId: 'out', sid: 'SM1' }, 2),
      logRecord('SmsStatusChanged', { sid: 'SM1', status: 'delivered' }, 3),
      logRecord('SmsSent', { messageId: 'hers', sid: 'SM2', phone: sokha }, 4),
    ]);
    const at = (minutes: number): Date => new Date(`2026-03-01T10:0${minutes}:00.000Z`);
    await expect(idsOf(store, { phone: sokha })).resolves.toEqual(['hers']);
    await expect(idsOf(store, { from: at(1), to: at(2) })).resolves.toEqual(['in']);
    await expect(idsOf(store, { from: at(2) })).resolves.toEqual(['hers', 'out']);
    await expect(idsOf(store, { status: 'delivered' })).resolves.toEqual(['out']);
    await expect(idsOf(store, { direction: 'inbound' })).resolves.toEqual(['in']);
  });

  describe('of what messages cost', () => {
    const costly = async (): Promise<MessageStore> => {
      const store = await open();
      const gsm = { segments: 1, encoding: 'GSM-7', employerId: 'acme', unitId: 'bar', kind: 'started' };
      const masks = { drill: 'masks', language: 'es' };
      await tell(store, [
        logRecord('SmsSent', { messageId: 'a', sid: 'SMa', ...gsm }),
        logRecord('SmsSent', { messageId: 'b', sid: 'SMb', ...gsm, ...masks, segments: 3 }),
        logRecord('SmsSent', { messageId: 'c', sid: 'SMc', segments: 2, encoding: 'UCS-2' }),
        logRecord('SmsSent', { messageId: 'd', ...gsm, error: { code: '21610', message: 'opted out' } }),
        logRecord('SmsReceived', { sid: 'SMd', at: '2026-03-02T00:00:00.000Z' }),
        logRecord('SmsReceived', { sid: 'SMe', at: '2026-03-03T00:00:00.000Z' }),
      ]);
      return store;
    };

    it('counts days, directions, encodings and employers, without what was refused', async () => {
      const day = { day: '2026-03-01', direction: 'outbound', channel: 'sms' };
      await expect(costRows(await costly(), { from: '2026-03-01', to: '2026-03-02' })).resolves.toEqual([
        { ...day, encoding: 'GSM-7', employerId: 'acme', messages: 2, segments: 4, unmeasured: 0 },
        { ...day, encoding: 'UCS-2', messages: 1, segments: 2, unmeasured: 0 },
        { day: '2026-03-02', direction: 'inbound', channel: 'sms', messages: 1, segments: 0, unmeasured: 1 },
      ]);
    });

    it('counts by whatever is asked for, and names nothing what the log does not know', async () => {
      const groups = await (await costly()).costs({}, ['unitId', 'drill']);
      expect(groups).toHaveLength(3);
      expect(groups).toEqual(
        expect.arrayContaining([
          {
            name: { unitId: 'bar', drill: null },
            sums: { messages: 1, segments: 1, unmeasured: 0, billed: [] },
          },
          {
            name: { unitId: 'bar', drill: 'masks' },
            sums: { messages: 1, segments: 3, unmeasured: 0, billed: [] },
          },
          {
            name: { unitId: null, drill: null },
            sums: { messages: 3, segments: 2, unmeasured: 2, billed: [] },
          },
        ]),
      );
    });

    it('counts a text that came in for whom it was decided on, whichever record came first', async () => {
      const text = logRecord('SmsReceived', { sid: 'SMin', segments: 2 });
      const of = { employerId: 'acme', unitId: 'bar', language: 'es' };
      const decided = logRecord('SmsStatusChanged', { sid: 'SMin', status: 'received', ...of }, 1);
      for (const records of [
        [text, decided],
        [decided, text],
        [decided, text, decided, text],
      ]) {
        const store = await open();
        await tell(store, records, 1);
        const sums = { messages: 1, segments: 2, unmeasured: 0, billed: [] };
        await expect(
          store.costs({ employers: ['acme'] }, ['employerId', 'unitId', 'language']),
        ).resolves.toEqual([{ name: of, sums }]);
        await expect(store.costs({ employerId: 'other' }, [])).resolves.toEqual([]);
      }
    });

    it('adds what the carrier charged by currency, and takes of a message what was said last', async () => {
      const store = await open();
      const priced = (sid: string, millionths: number, currency: string, minutes: number) =>
        logRecord('SmsStatusChanged', { sid, status: 'delivered', price: { millionths, currency } }, minutes);
      const log = [
        ...['a', 'b', 'c', 'd'].map((name) =>
          logRecord('SmsSent', { messageId: name, sid: `SM${name}`, segments: 1 }),
        ),
        priced('SMa', 7_900, 'USD', 5),
        priced('SMa', 9_900, 'USD', 4),
        priced('SMb', 8_300, 'USD', 4),
        priced('SMc', 60_000, 'EUR', 4),
      ];
      await tell(store, [...log, ...log.slice(4)], 1);
      const billed = [
        { currency: 'EUR', millionths: 60_000, messages: 1 },
        { currency: 'USD', millionths: 16_200, messages: 2 },
      ];
      await expect(store.costs({}, [])).resolves.toEqual([
        { name: {}, sums: { messages: 4, segments: 4, unmeasured: 0, billed } },
      ]);
      const [message] = (await store.load(['a'], [])).messages;
      expect(message?.message.price).toMatchObject({ millionths: 7_900, currency: 'USD' });
    });

    it.each<[CostFilter, number]>([
      [{}, 5],
      [{ employerId: 'acme', language: 'es' }, 1],
      [{ drill: 'masks', kind: 'started', unitId: 'bar' }, 1],
      [{ direction: 'inbound', channel: 'sms' }, 2],
      [{ from: '2026-03-02' }, 2],
      [{ from: '2026-03-01', until: '2026-03-03' }, 4],
      [{ employers: ['acme', 'nobody'] }, 2],
      [{ employers: ['nobody'], employerId: 'acme' }, 0],
    ])('counts those of %j', async (filter, messages) => {
      const groups = await (await costly()).costs(filter, []);
      expect(groups.map(({ sums }) => sums.messages)).toEqual(messages === 0 ? [] : [messages]);
    });
  });
};
