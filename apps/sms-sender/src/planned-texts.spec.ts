import {
  drillHashSchema,
  drillSlugSchema,
  languageSchema,
  promptSlugSchema,
  runIdSchema,
  timestampSchema,
  type DialogEvent,
} from '@stopcovid/contracts';
import { Secret, until } from '@stopcovid/runtime';
import { topics } from '@stopcovid/contracts';
import { ann } from './outbox/outbox.testkit';
import { saying, startSender, withSender } from './sender.testkit';
import { inMemoryOutboxStore } from './store/in-memory-outbox-store';

const iso = (at: number) => timestampSchema.parse(new Date(at).toISOString());
const between = (opens: number, closes: number) => ({
  notAfter: iso(closes),
  windows: [{ opens: iso(opens), closes: iso(closes) }],
});
const runId = runIdSchema.parse('7c1f0a52-3d0e-4b6f-9a55-0c1d2e3f4a5b');
const begins = (delivery: ReturnType<typeof between>): DialogEvent => ({
  type: 'DrillStarted',
  runId,
  drill: drillSlugSchema.parse('hand-washing'),
  revision: drillHashSchema.parse('3f5a'.repeat(16)),
  reason: 'scheduled',
  prompt: {
    slug: promptSlugSchema.parse('how-long'),
    language: languageSchema.parse('en'),
    position: 1,
    of: 4,
    messages: [{ text: 'How long?' }, { text: 'Look!' }],
  },
  delivery,
});
const key = 'a-key-of-the-spec-itself';
const thanks: DialogEvent = { type: 'ThanksReceived', text: 'thanks' };
const past = () => between(Date.now() - 60_000, Date.now() - 1_000);

describe('a drill whose beginning', () => {
  it('comes too late is never sent, is logged so, and is abandoned once', () =>
    withSender(async ({ happen, logged, commands, bodies, empty }) => {
      happen(ann, [begins(past())]);
      await until(() => logged().length === 2);
      await until(() => empty());
      expect([bodies(), logged().map(({ error }) => error?.code)]).toEqual([[], ['EXPIRED', 'EXPIRED']]);
      const commandId = `expired-${logged()[0]?.messageId}`;
      expect(commands()).toMatchObject([{ type: 'AbandonDrill', runId, reason: 'expired', commandId }]);
    }));

  it('comes too late while Kafka is away is told of when it is back, by the same id', () =>
    withSender(async ({ happen, kafka, outbox, logged, commands, empty }) => {
      kafka.away = true;
      happen(ann, [begins(past())]);
      await until(async () =>
        (await outbox())?.pending.every(({ delivery }) => delivery.status === 'FAILED'),
      );
      const first = (await outbox())?.pending[0]?.id;
      kafka.away = false;
      await until(() => empty());
      expect(logged()).toHaveLength(2);
      expect(commands()).toMatchObject([{ type: 'AbandonDrill', commandId: `expired-${first}` }]);
    }));

  it('comes too late is abandoned by the same id when the process dies between the log and the command', async () => {
    const store = inMemoryOutboxStore();
    const dying = await startSender({}, store);
    dying.kafka.away = topics.dialogCommands;
    dying.happen(ann, [begins(past())]);
    await until(() => dying.logged().length >= 2);
    const [first] = dying.logged();
    await dying.close();
    expect([dying.commands(), await dying.empty()]).toEqual([[], false]);

    const next = await startSender({}, store);
    await until(() => next.empty());
    expect(next.commands()).toMatchObject([
      { type: 'AbandonDrill', commandId: `expired-${first?.messageId}` },
    ]);
    expect(next.logged()[0]).toEqual(first);
    await next.close();
  });

  it('is claimed in time is not handed over once the window has closed before the call', async () => {
    const clock = { ahead: 0 };
    const inner = inMemoryOutboxStore();
    const store = {
      ...inner,
      save: (outboxes: Parameters<typeof inner.save>[0]) => {
        if (outboxes.some(({ pending }) => pending[0]?.delivery.status === 'IN_FLIGHT')) clock.ahead = 5_000;
        return inner.save(outboxes);
      },
    };
    const now = () => Date.now() + clock.ahead;
    const sender = await startSender({ TWILIO_TIMEOUT_MS: 20_000 }, store, { now });
    sender.happen(ann, [begins(between(Date.now() - 1_000, Date.now() + 4_000))]);
    await until(() => sender.logged().length === 2);
    expect([clock.ahead, sender.twilio.state.calls]).toEqual([5_000, 0]);
    expect(sender.logged().map(({ error }) => error?.code)).toEqual(['EXPIRED', 'EXPIRED']);
    await sender.close();
  });

  it('comes in time may be kept by the carrier until its window closes, and no longer', () =>
    withSender(async ({ happen, twilio }) => {
      happen(ann, [begins(between(Date.now() - 1_000, Date.now() + 90_000))]);
      await until(() => twilio.taken.length === 2);
      for (const { form } of twilio.taken) {
        const seconds = Number(form.get('ValidityPeriod'));
        expect(seconds).toBeGreaterThan(30);
        expect(seconds).toBeLessThanOrEqual(90);
      }
    }));

  it('is held overnight keeps no schedule from starting others, until its hours are near', () => {
    const clock = { ahead: 0 };
    const hour = 3_600_000;
    const settings = { API_KEYS: new Secret(`spec=${key}`), SMS_BACKLOG_LIMIT: 1 };
    return withSender(
      async ({ happen, ask, outbox }) => {
        const waiting = async () =>
          ((await (await ask('/v1/pressure', key)).json()) as { waiting: number }).waiting;
        happen(ann, [begins(between(Date.now() + 10 * hour, Date.now() + 11 * hour))]);
        await until(async () => (await outbox())?.pending.length === 2);
        clock.ahead = 9 * hour;
        await until(async () => (await waiting()) === 1);
        clock.ahead = 0;
        await until(async () => (await waiting()) === 0);
      },
      { ...settings, SMS_BACKLOG_EVERY_MS: 5 },
      { now: () => Date.now() + clock.ahead },
    );
  });

  it('has to wait lets a reply pass', () =>
    withSender(async ({ happen, bodies, outbox }) => {
      happen(ann, [begins(between(Date.now() + 3_600_000, Date.now() + 7_200_000))]);
      await until(async () => (await outbox())?.pending.length === 2);
      happen(ann, [thanks]);
      await until(() => bodies().length === 1);
      expect((await outbox())?.pending.filter(({ kind }) => kind === 'started')).toHaveLength(2);
    }));
});

describe('quiet hours of the carrier’s own raise their alarm', () => {
  const alarms = (lines: readonly string[]) => lines.filter((line) => line.includes('"quiet-hours"'));

  it.each([30047, 30610])('by %i in an answer', (code) =>
    withSender(async ({ happen, answer, lines }) => {
      answer({ kind: 'refuse', status: 400, code });
      happen(ann, [saying('hello')]);
      await until(() => alarms(lines).length === 1);
    }),
  );

  it.each(['30047', '30610'])('by %s in a status callback', (code) =>
    withSender(async ({ happen, report, logged, lines }) => {
      happen(ann, [saying('hello')]);
      await until(() => logged().length === 1);
      report(ann, logged()[0]?.messageId ?? '', code);
      await until(() => alarms(lines).length === 1);
    }),
  );
});
