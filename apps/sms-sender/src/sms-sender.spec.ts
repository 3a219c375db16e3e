import { until } from '@stopcovid/runtime';
import { inMemoryOutboxStore } from './store/in-memory-outbox-store';
import { ann, phone } from './outbox/outbox.testkit';
import { bob, saying, startSender, stop, withSender } from './sender.testkit';

jest.setTimeout(20_000);

describe('the sender', () => {
  it('sends the texts of a phone in order, once each, and logs them with their sids', () =>
    withSender(async ({ happen, bodies, logged, twilio }) => {
      happen(ann, [saying('one'), saying('two')]);
      happen(ann, [saying('three')]);
      await until(() => logged().length === 3);
      expect(bodies()).toEqual(['one', 'two', 'three']);
      expect(logged().map(({ sid }) => sid)).toEqual(twilio.taken.map(({ sid }) => sid));
      expect(new Set(logged().map(({ messageId }) => messageId)).size).toBe(3);
    }));

  it('logs what each text cost, what it was, and whose training it is', () =>
    withSender(async ({ happen, logged }) => {
      happen(ann, [saying('a'.repeat(161)), saying('Sí')], { employer: 'acme' });
      await until(() => logged().length === 2);
      expect(logged()).toMatchObject([
        { segments: 2, encoding: 'GSM-7', kind: 'message', employerId: 'acme' },
        { segments: 1, encoding: 'UCS-2' },
      ]);
    }));

  it('answers on WhatsApp who texts there, and by SMS again when they change', () =>
    withSender(async ({ happen, logged, twilio }) => {
      happen(ann, [saying('one')], { channel: 'whatsapp', address: '+12025559999' });
      happen(ann, [saying('two')], { channel: 'sms' });
      await until(() => logged().length === 2);
      expect(twilio.taken.map(({ to }) => to)).toEqual(['whatsapp:+12025559999', ann]);
      expect(logged().map(({ channel, phone: of }) => [of, channel])).toEqual([
        [ann, 'whatsapp'],
        [ann, undefined],
      ]);
    }));

  it('replaces typographic signs only where told to', () =>
    withSender(
      async ({ happen, bodies }) => {
        happen(ann, [saying('“Well…”'), saying('“Sí”')]);
        await until(() => bodies().length === 2);
        expect(bodies()).toEqual(['"Well..."', '“Sí”']);
      },
      { SMS_PLAIN_SIGNS: true },
    ));

  it('stops saying the same thing to a phone that keeps answering, and others hear of it', () =>
    withSender(
      async ({ happen, bodies, logged }) => {
        for (let turn = 0; turn < 4; turn += 1) happen(ann, [saying('Sorry?')]);
        happen(ann, [saying('Bye')]);
        await until(() => logged().length === 5);
        expect(bodies()).toEqual(['Sorry?', 'Sorry?', 'Bye']);
        expect(logged().map(({ error }) => error?.code)).toEqual([
          undefined,
          undefined,
          'LOOP',
          'LOOP',
          undefined,
        ]);
      },
      { SMS_LOOP_LIMIT: 2 },
    ));

  it('sends what somebody waits for before what a schedule sends', () =>
    withSender(
      async ({ happen, twilio, logged }) => {
        const phones = [1, 2, 3, 4, 5].map(phone);
        happen(ann, [saying('first')]);
        await until(() => twilio.taken.length === 1);
        for (const of of phones) happen(of, [saying('scheduled')]);
        happen(bob, [{ type: 'ThanksReceived', text: 'thanks' }]);
        await until(() => logged().length === 7);
        expect(twilio.taken.slice(1).findIndex(({ to }) => to === bob)).toBeLessThan(2);
      },
      { SMS_PER_SECOND: 2 },
    ));

  it('gives no phone number away in its callback ids', () =>
    withSender(
      async ({ happen, logged, twilio }) => {
        happen(ann, [saying('one')]);
        await until(() => logged().length === 1);
        expect(twilio.taken[0]?.form.get('StatusCallback')).toMatch(/\?id=[0-9a-f]{32}#/);
      },
      { STATUS_CALLBACK_URL: new URL('https://sms.example.org/webhooks/twilio/status') },
    ));

  it('pauses between the texts of one phone while others go on', () =>
    withSender(
      async ({ happen, bodies, twilio }) => {
        happen(ann, [saying('one'), saying('two')]);
        happen(bob, [saying('uno')]);
        await until(() => bodies().length === 2);
        const [first, second] = twilio.taken.filter(({ to }) => to === ann);
        expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(300);
        expect(bodies(bob)).toEqual(['uno']);
        expect(twilio.taken.at(-1)?.to).toBe(ann);
      },
      { SMS_PAUSE_MS: 300 },
    ));

  it('tells the dialog of an opt-out that only the carrier knew, and drops the rest', () =>
    withSender(async ({ happen, answer, bodies, commands, empty }) => {
      answer({ kind: 'refuse', status: 400, code: 21610 });
      happen(ann, [saying('one'), saying('two')]);
      await until(() => commands().length === 1);
      await until(() => empty());
      const messageId = expect.stringMatching(/^[0-9a-f]{32}$/) as unknown;
      expect(commands()).toMatchObject([
        { type: 'OptOutTrainee', source: 'carrier', phone: ann, detail: 'error 21610', messageId },
      ]);
      expect(bodies()).toEqual([]);
    }));

  it('tells the dialog nothing of a refusal that an opt-in has overtaken', () =>
    withSender(
      async ({ happen, answer, commands, logged, outbox, twilio }) => {
        answer({ kind: 'refuse', status: 400, code: 21610, afterMs: 300 });
        happen(ann, [saying('one')]);
        await until(() => twilio.state.calls === 1);
        happen(ann, [{ type: 'TraineeOptedIn', source: 'text', word: 'START' }, saying('two')]);
        await until(() => logged().some(({ body }) => body === 'two'));
        expect(logged().map(({ error }) => error?.code)).toEqual(['21610', undefined, undefined, undefined]);
        expect([commands(), (await outbox())?.carrierOptOut]).toEqual([[], false]);
      },
      { TWILIO_TIMEOUT_MS: 2_000 },
    ));

  it('after an opt-out sends its confirmation and nothing else', () =>
    withSender(
      async ({ happen, bodies, empty }) => {
        happen(ann, [saying('one'), saying('two'), saying('three')]);
        await until(() => bodies().length === 1);
        happen(ann, [stop], { optedOut: true });
        happen(ann, [saying('four')], { optedOut: true });
        await until(() => bodies().length >= 2);
        await until(() => empty());
        expect(bodies()).toEqual(['one', expect.stringMatching(/START/)]);
      },
      { SMS_PAUSE_MS: 200 },
    ));

  it('sends nothing to fake numbers', () =>
    withSender(
      async ({ happen, bodies, outbox }) => {
        happen(ann, [saying('one')]);
        happen(bob, [saying('uno')]);
        await until(() => bodies(bob).length === 1);
        await until(async () => (await outbox())?.lastVersion === 1);
        expect(bodies()).toEqual([]);
      },
      { SMS_FAKE_NUMBERS: [ann.slice(0, -1)] },
    ));

  it('finishes the calls under way when it stops, and leaves the rest for the next start', async () => {
    const store = inMemoryOutboxStore();
    const first = await startSender({ SMS_PAUSE_MS: 50 }, store);
    first.happen(ann, ['one', 'two', 'three'].map(saying));
    await until(() => first.bodies().length === 1);
    await first.close();
    const sent = first.bodies();
    const second = await startSender({}, store);
    await until(() => second.empty());
    await second.close();
    expect([...sent, ...second.bodies()]).toEqual(['one', 'two', 'three']);
  });

  it('serves many phones, each in order and each text once', () =>
    withSender(
      async ({ happen, bodies, logged }) => {
        const phones = Array.from({ length: 40 }, (_, index) => phone(1_000 + index));
        for (const of of phones) happen(of, ['one', 'two', 'three'].map(saying));
        await until(() => logged().length === 120);
        for (const of of phones) expect(bodies(of)).toEqual(['one', 'two', 'three']);
      },
      { SMS_IN_FLIGHT: 8 },
    ));
});
