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
import { ann } from './outbox/outbox.testkit';
import { withSender } from './sender.testkit';

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
