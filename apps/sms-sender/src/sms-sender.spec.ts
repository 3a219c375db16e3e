import {
  decodeCommand,
  decodeLogRecord,
  encodeBatch,
  encodeLogRecord,
  timestampSchema,
  topics,
  type DialogEvent,
} from '@stopcovid/contracts';
import { InMemoryLog, inMemoryTransport, type OutgoingRecord, type Publisher } from '@stopcovid/kafka';
import { bootstrapApp, createRuntime, Secret } from '@stopcovid/runtime';
import { SenderConfig, twilioSettingsOf } from './config';
import { inMemoryOutboxStore } from './in-memory-outbox-store';
import type { Outbox } from './outbox';
import { nextStep } from './deliver';
import { ann, batchOf, noon, outboxWith, phone, policy, reply } from './outbox.testkit';
import { SmsSenderModule } from './sms-sender.module';
import { twilioGateway } from './twilio-gateway';
import { startFakeTwilio, type Answer } from './twilio.testkit';
import type { OutboxStore } from './outbox-store';
import type { Phone } from '@stopcovid/contracts';

const bob = phone(202);
type TraineeChanges = Omit<NonNullable<Parameters<typeof batchOf>[1]>, 'phone' | 'events' | 'at'>;
const saying = (text: string): DialogEvent => ({ type: 'MessageRequested', text });
const stop: DialogEvent = { type: 'TraineeOptedOut', source: 'text', word: 'STOP' };

/** Waits for a condition, looking every few milliseconds; the test's own time limit ends it. */
const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
};

const startSender = async (
  settings: Partial<SenderConfig> = {},
  store: OutboxStore = inMemoryOutboxStore(),
) => {
  const twilio = await startFakeTwilio();
  const config = Object.assign(new SenderConfig(), {
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: new Secret('token'),
    TWILIO_API_URL: new URL(twilio.url),
    TWILIO_FROM: '+12025550100',
    TWILIO_TIMEOUT_MS: 200,
    SMS_PER_SECOND: 1_000,
    SMS_PAUSE_MS: 0,
    SMS_LOOK_AFTER_MS: 20,
    SMS_RETRY_MS: 10,
    ...settings,
  });
  const runtime = createRuntime('sms-sender', config, { write: () => undefined });
  const log = new InMemoryLog(4);
  const { strategy, publisher: working } = inMemoryTransport({ runtime, group: 'sms-sender', log });
  const kafka = { away: false };
  const publisher: Publisher = {
    ...working,
    publish: (topic: string, records: readonly OutgoingRecord[]) =>
      kafka.away ? Promise.reject(new Error('no broker')) : working.publish(topic, records),
  };
  const gateway = twilioGateway(twilioSettingsOf(config));
  const app = await bootstrapApp(SmsSenderModule.with(config, { runtime, publisher, store, gateway }), {
    runtime,
    port: 0,
    host: '127.0.0.1',
    strategies: [strategy],
  });
  const versions = new Map<Phone, number>();
  const happen = (of: Phone, events: readonly DialogEvent[], trainee: TraineeChanges = {}): void => {
    const version = (versions.get(of) ?? 0) + 1;
    versions.set(of, version);
    const batch = batchOf(version, { phone: of, events, ...trainee, at: Date.now() });
    log.append(topics.dialogEvents, { key: of, value: encodeBatch(batch) });
  };
  const logged = () =>
    log.records(topics.smsLog).flatMap(({ value }) => {
      const read = decodeLogRecord(value ?? '');
      return read.ok && read.value.type === 'SmsSent' ? [read.value] : [];
    });
  const commands = () =>
    log.records(topics.dialogCommands).map(({ value }) => {
      const read = decodeCommand(value ?? '');
      return read.ok ? read.value : read.error;
    });
  const report = (of: Phone, messageId: string, errorCode?: string): void => {
    const record = {
      type: 'SmsStatusChanged',
      schemaVersion: 1,
      phone: of,
      at: timestampSchema.parse(new Date().toISOString()),
      sid: 'SMreported',
      messageId,
      status: errorCode === undefined ? 'delivered' : 'failed',
      ...(errorCode === undefined ? {} : { errorCode }),
    } as const;
    log.append(topics.smsLog, { key: of, value: encodeLogRecord(record) });
  };
  return {
    twilio,
    kafka,
    report,
    happen,
    logged,
    commands,
    ready: async () => (await fetch(`${app.url}/health/ready`)).status,
    outbox: async (of = ann): Promise<Outbox | undefined> => (await store.load([of])).get(of),
    empty: async (of = ann) => (await store.load([of])).get(of)?.pending.length === 0,
    answer: (...answers: readonly Answer[]) => twilio.answers.push(...answers),
    bodies: (of = ann) => twilio.taken.filter(({ to }) => to === of).map(({ body }) => body),
    close: async () => {
      await app.close();
      gateway.close();
      await twilio.close();
    },
  };
};
type Sender = Awaited<ReturnType<typeof startSender>>;
const withSender = async (test: (sender: Sender) => Promise<void>, settings: Partial<SenderConfig> = {}) => {
  const sender = await startSender(settings);
  try {
    await test(sender);
  } finally {
    await sender.close();
  }
};

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

  it('settles a doubtful text on WhatsApp by the list of its address', () =>
    withSender(async ({ happen, answer, logged, twilio }) => {
      answer({ kind: 'drop' });
      happen(ann, [saying('one')], { channel: 'whatsapp' });
      await until(() => logged().length === 1);
      expect(logged()).toMatchObject([{ sid: twilio.taken[0]?.sid }]);
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
        expect(twilio.taken[0]?.form.get('StatusCallback')).toMatch(/\?id=[0-9a-f]{32}$/);
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

  it('sends once what the carrier took without saying so', () =>
    withSender(async ({ happen, answer, bodies, logged, twilio }) => {
      answer({ kind: 'drop' }, { kind: 'accept' }, { kind: 'raw', status: 500, body: '' }, { kind: 'hang' });
      happen(ann, ['one', 'two', 'three', 'four'].map(saying));
      await until(() => logged().length === 4);
      expect(bodies()).toEqual(['one', 'two', 'three', 'four']);
      expect(logged().map(({ sid }) => sid)).toEqual(twilio.taken.map(({ sid }) => sid));
    }));

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

  it('tells the dialog of an opt-out that only the carrier knew, and drops the rest', () =>
    withSender(async ({ happen, answer, bodies, commands, empty }) => {
      answer({ kind: 'refuse', status: 400, code: 21610 });
      happen(ann, [saying('one'), saying('two')]);
      await until(() => commands().length === 1);
      await until(() => empty());
      expect(commands()).toMatchObject([{ type: 'OptOutTrainee', source: 'carrier', phone: ann }]);
      expect(bodies()).toEqual([]);
    }));

  it('after an opt-out sends its confirmation and nothing else', () =>
    withSender(
      async ({ happen, bodies, logged }) => {
        happen(ann, [saying('one'), saying('two'), saying('three')]);
        await until(() => bodies().length === 1);
        happen(ann, [stop], { optedOut: true });
        happen(ann, [saying('four')], { optedOut: true });
        await until(() => logged().length === 2);
        expect(bodies()).toEqual(['one', expect.stringMatching(/START/)]);
      },
      { SMS_PAUSE_MS: 200 },
    ));

  it('stops and is not ready while the account is refused', () =>
    withSender(async ({ happen, answer, ready, bodies, twilio }) => {
      answer({ kind: 'refuse', status: 401, code: 20003 });
      happen(ann, [saying('one')]);
      await until(async () => (await ready()) === 503);
      happen(bob, [saying('uno')]);
      await until(() => twilio.state.calls === 1);
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
      save: async (outboxes) => {
        if (outboxes.some(({ pending }) => pending[0]?.delivery.status === 'IN_FLIGHT'))
          unclaimed ??= (await inner.load([ann])).get(ann);
        return inner.save(outboxes);
      },
    };
    const sender = await startSender({ SMS_PAUSE_MS: 100 }, store);
    sender.happen(ann, [saying('one'), saying('two')]);
    await until(() => sender.bodies().length === 1 && unclaimed !== undefined);
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
