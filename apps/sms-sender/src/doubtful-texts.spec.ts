import { until } from '@stopcovid/runtime';
import { nextStep } from './outbox/deliver';
import { inMemoryOutboxStore } from './store/in-memory-outbox-store';
import type { Outbox } from './outbox/outbox';
import type { OutboxStore } from './store/outbox-store';
import { ann, noon, outboxWith, policy, reply } from './outbox/outbox.testkit';
import { bob, saying, startSender, withSender } from './sender.testkit';

describe('a sender in doubt', () => {
  it('settles a doubtful text on WhatsApp by the list of its address', () =>
    withSender(async ({ happen, answer, logged, twilio }) => {
      answer({ kind: 'drop' });
      happen(ann, [saying('one')], { channel: 'whatsapp' });
      await until(() => logged().length === 1);
      expect(logged()).toMatchObject([{ sid: twilio.taken[0]?.sid }]);
    }));

  it('sends once what the carrier took without saying so', () =>
    withSender(async ({ happen, answer, bodies, logged, twilio }) => {
      answer({ kind: 'drop' }, { kind: 'accept' }, { kind: 'raw', status: 500, body: '' }, { kind: 'hang' });
      happen(ann, ['one', 'two', 'three', 'four'].map(saying));
      await until(() => logged().length === 4);
      expect(bodies()).toEqual(['one', 'two', 'three', 'four']);
      expect(logged().map(({ sid }) => sid)).toEqual(twilio.taken.map(({ sid }) => sid));
    }));

  it('finds a text of half an emoji in the list as the carrier got it', () =>
    withSender(async ({ happen, answer, bodies, logged, twilio }) => {
      answer({ kind: 'drop' });
      happen(ann, [saying('hi \ud83d'), saying('two')]);
      await until(() => logged().length === 2);
      expect(bodies()).toEqual(['hi \ufffd', 'two']);
      expect(logged().map(({ sid }) => sid)).toEqual(twilio.taken.map(({ sid }) => sid));
    }));

  it('keeps the order of a phone while a text in the middle is in doubt, also before an answer that comes meanwhile', () =>
    withSender(
      async ({ happen, answer, bodies, logged, outbox, twilio }) => {
        twilio.state.hideFromList = true;
        answer({ kind: 'accept' }, { kind: 'drop' });
        happen(ann, ['one', 'two', 'three'].map(saying));
        await until(async () => (await outbox())?.pending[0]?.delivery.status === 'AMBIGUOUS');
        happen(ann, [{ type: 'ThanksReceived', text: 'thanks' }]);
        happen(bob, [saying('uno')]);
        await until(() => bodies(bob).length === 1);
        expect(bodies()).toEqual(['one', 'two']);
        twilio.state.hideFromList = false;
        await until(() => logged().length === 5);
        expect(bodies()).toEqual(['one', 'two', 'three', expect.any(String)]);
        expect(new Set(logged().map(({ sid }) => sid)).size).toBe(5);
      },
      { SMS_LOOK_AFTER_MS: 1_000 },
    ));

  it.each([
    ['HTML', 200, '<html>Service temporarily unavailable</html>'],
    ['HTML', 502, '<html>Bad gateway</html>'],
    ['JSON that was cut off', 201, '{"sid":"SM'],
    ['an error under 200', 200, '{"code":20429,"status":429,"message":"Too many requests"}'],
    ['an error of its own', 503, '{"code":20503,"status":503,"message":"Service unavailable"}'],
    ['nothing', 201, ''],
  ])('sends once what the carrier took, answering %s with %i', (_what, status, body) =>
    withSender(async ({ happen, answer, bodies, logged, twilio }) => {
      answer({ kind: 'raw', status, body });
      happen(ann, [saying('one'), saying('two')]);
      await until(() => logged().length === 2);
      expect(bodies()).toEqual(['one', 'two']);
      expect(logged().map(({ sid }) => sid)).toEqual(twilio.taken.map(({ sid }) => sid));
    }),
  );

  it('believes a report before the list: what was reported is sent, and not looked for', () =>
    withSender(
      async ({ happen, answer, report, outbox, logged, twilio, bodies }) => {
        answer({ kind: 'drop' });
        happen(ann, [saying('one'), saying('two')]);
        await until(async () => (await outbox())?.pending[0]?.delivery.status === 'AMBIGUOUS');
        report(ann, (await outbox())?.pending[0]?.id ?? '');
        await until(() => logged().length === 2);
        expect(logged().map(({ sid }) => sid)).toEqual(['SMreported', twilio.taken[1]?.sid]);
        expect(bodies()).toEqual(['one', 'two']);
        expect(twilio.state.lists).toBe(0);
      },
      { SMS_LOOK_AFTER_MS: 60_000 },
    ));

  it('tells the dialog of an opt-out that the carrier reports afterwards', () =>
    withSender(async ({ happen, report, logged, commands, outbox }) => {
      happen(ann, [saying('one')]);
      await until(() => logged().length === 1);
      report(ann, logged()[0]?.messageId ?? '', '21610');
      report(ann, logged()[0]?.messageId ?? '', '21610');
      await until(async () => (await outbox())?.carrierOptOut === true);
      expect(commands()).toMatchObject([{ type: 'OptOutTrainee', source: 'carrier', phone: ann }]);
    }));

  it('parks what the carrier may have and does not list, and goes on', () =>
    withSender(async ({ happen, answer, bodies, logged, twilio, outbox }) => {
      twilio.state.hideFromList = true;
      answer({ kind: 'drop' });
      happen(ann, [saying('one'), saying('two')]);
      await until(() => logged().length === 2);
      expect(bodies()).toEqual(['one', 'two']);
      expect(logged()[0]).toMatchObject({ error: { code: 'UNDECIDED' } });
      expect(await outbox()).toMatchObject({ parked: [{ body: 'one' }], pending: [] });
      expect(twilio.state.lists).toBe(2);
    }));

  it('tries again after 429, and in order', () =>
    withSender(async ({ happen, answer, bodies, logged, twilio }) => {
      answer(
        { kind: 'refuse', status: 429, code: 20429 },
        { kind: 'refuse', status: 429, retryAfter: '0.05' },
      );
      happen(ann, [saying('one'), saying('two')]);
      await until(() => logged().length === 2);
      expect(bodies()).toEqual(['one', 'two']);
      expect(twilio.state.calls).toBe(4);
    }));

  it('is patient with everybody for as long as a 429 asks of one', () =>
    withSender(async ({ happen, answer, bodies, outbox, twilio }) => {
      answer({ kind: 'refuse', status: 429, retryAfter: '0.4' });
      happen(ann, [saying('one')]);
      await until(async () => {
        const [head] = (await outbox())?.pending ?? [];
        return head?.attempts === 1 && head.delivery.status === 'READY';
      });
      const seenAt = Date.now();
      happen(bob, [saying('uno')]);
      await until(() => bodies().length === 1 && bodies(bob).length === 1);
      for (const { at } of twilio.taken) expect(at - seenAt).toBeGreaterThanOrEqual(200);
    }));

  it('stops and is not ready while the account is refused', () =>
    withSender(async ({ happen, answer, ready, bodies, twilio }) => {
      answer({ kind: 'refuse', status: 401, code: 20003 });
      happen(ann, [saying('one')]);
      await until(async () => (await ready()) === 503);
      happen(bob, [saying('uno')]);
      await until(() => twilio.state.calls > 0);
      expect([bodies(), bodies(bob)]).toEqual([[], []]);
    }));

  it('counts a text as sent while the log is away, and logs it later', () =>
    withSender(async ({ happen, kafka, bodies, logged, empty }) => {
      kafka.away = true;
      happen(ann, [saying('one'), saying('two')]);
      await until(() => bodies().length === 2);
      expect(logged()).toEqual([]);
      kafka.away = false;
      await until(() => empty());
      expect(logged().map(({ body }) => body)).toEqual(['one', 'two']);
      expect(bodies()).toEqual(['one', 'two']);
    }));

  it('asks the carrier first about a text that was claimed by a process that died', async () => {
    const store = inMemoryOutboxStore();
    const claimed = nextStep(outboxWith(reply('one'), reply('two')), { at: noon, policy }).outbox;
    await store.save([{ ...claimed, notBefore: 0 }]);
    const sender = await startSender({ SMS_MAX_AGE_HOURS: 1_000_000 }, store);
    await until(() => sender.empty());
    expect(sender.bodies()).toEqual(['two']);
    expect(sender.twilio.state.lists).toBe(2);
    await sender.close();
  });

  it('sends nothing twice when the store comes back without its last writes', async () => {
    let inner = inMemoryOutboxStore();
    let unclaimed: Outbox | undefined;
    const store: OutboxStore = {
      load: (phones) => inner.load(phones),
      due: (query) => inner.due(query),
      waiting: (query) => inner.waiting(query),
      putOff: (phones, until) => inner.putOff(phones, until),
      save: async (outboxes) => {
        if (outboxes.some(({ pending }) => pending[0]?.delivery.status === 'IN_FLIGHT'))
          unclaimed ??= (await inner.load([ann])).outboxes.get(ann);
        return inner.save(outboxes);
      },
    };
    const sender = await startSender({ SMS_PAUSE_MS: 100 }, store);
    sender.happen(ann, [saying('one'), saying('two')]);
    await until(() => sender.bodies().length >= 1 && unclaimed !== undefined);
    const restored = inMemoryOutboxStore();
    if (unclaimed) await restored.save([{ ...unclaimed, revision: 0 }]);
    inner = restored;
    await until(() => sender.bodies().length === 2);
    await until(() => sender.empty());
    expect(sender.bodies()).toEqual(['one', 'two']);
    expect(new Set(sender.logged().map(({ sid }) => sid))).toEqual(
      new Set(sender.twilio.taken.map(({ sid }) => sid)),
    );
    await sender.close();
  });
});
