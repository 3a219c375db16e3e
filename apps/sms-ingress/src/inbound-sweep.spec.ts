import { topics } from '@stopcovid/contracts';
import type { ListedText } from './carrier-list';
import { sweepInbound } from './inbound-sweep';
import { decoded, recordingPublisher } from './ingress.testkit';
import { listed, minutesAgo, noon, sidOf, turnFor } from './sweep.testkit';

const endless = new AbortController().signal;
const policy = { everyMs: 600_000, reachMs: 72 * 3_600_000, settleMs: 120_000 };

const sweeping = (pages: readonly (readonly ListedText[])[], known: readonly string[] = []) => {
  const kafka = recordingPublisher();
  const asked: { listSince?: number; knownSince?: number } = {};
  const parts = {
    list: async function* (sinceMs: number) {
      asked.listSince = sinceMs;
      yield* pages;
    },
    knownSince: async (sinceMs: number, keep: () => Promise<boolean>) => {
      asked.knownSince = sinceMs;
      return (await keep()) ? new Set(known) : ('lost' as const);
    },
    publisher: kafka.publisher,
    now: () => noon,
    mediaOf: (sid: string) => `https://media/${sid}`,
    policy,
  };
  const commands = () =>
    decoded(kafka.records).flatMap(({ topic, value }) =>
      topic === topics.dialogCommands && 'commandId' in value ? [value.commandId] : [],
    );
  return { parts, kafka, asked, commands };
};

describe('a sweep', () => {
  it('produces what never arrived, oldest first, as a webhook would have', async () => {
    const { parts, kafka, commands } = sweeping(
      [
        [listed(5), listed(4, { media: 1, from: 'whatsapp:+551187654321' })],
        [listed(3), listed(2)],
      ],
      [sidOf(3)],
    );
    const { turn, finished } = turnFor({});
    expect(await sweepInbound(parts, turn, endless)).toEqual({
      listed: 4,
      produced: 3,
      ignored: 0,
      lost: false,
    });
    expect(commands()).toEqual([sidOf(2), sidOf(4), sidOf(5)]);
    expect(decoded(kafka.records).map(({ key, value }) => ({ key, value }))).toEqual(
      expect.arrayContaining([
        {
          key: '+12025550143',
          value: expect.objectContaining({
            type: 'ReceiveSms',
            text: 'text 2',
            at: '2026-03-01T11:00:02.000Z',
          }),
        },
        {
          key: '+5511987654321',
          value: expect.objectContaining({
            type: 'SmsReceived',
            channel: 'whatsapp',
            mediaUrls: [`https://media/${sidOf(4)}`],
          }),
        },
      ]),
    );
    expect(finished).toEqual([{ sweptTo: minutesAgo(2), nextAt: noon + policy.everyMs }]);
  });

  it('keeps the order of texts of one second', async () => {
    const at = minutesAgo(30);
    const { parts, commands } = sweeping([[listed(3, { at }), listed(2, { at })], [listed(1, { at })]]);
    await sweepInbound(parts, turnFor({}).turn, endless);
    expect(commands()).toEqual([sidOf(1), sidOf(2), sidOf(3)]);
  });

  it('leaves young texts to their webhooks', async () => {
    const { parts, commands } = sweeping([
      [listed(1, { at: minutesAgo(1) }), listed(2, { at: minutesAgo(3) })],
    ]);
    await sweepInbound(parts, turnFor({}).turn, endless);
    expect(commands()).toEqual([sidOf(2)]);
  });

  it('produces nothing twice when a list repeats itself', async () => {
    const { parts, commands } = sweeping([[listed(2), listed(1)], [listed(1)]]);
    await sweepInbound(parts, turnFor({}).turn, endless);
    expect(commands()).toEqual([sidOf(1), sidOf(2)]);
  });

  it('counts what cannot be a trainee’s, and goes on', async () => {
    const { parts, commands } = sweeping([[listed(2, { from: '12345' }), listed(1)]]);
    expect(await sweepInbound(parts, turnFor({}).turn, endless)).toMatchObject({ produced: 1, ignored: 1 });
    expect(commands()).toEqual([sidOf(1)]);
  });

  it('begins a little before the end of the last, but not before its reach', async () => {
    const later = sweeping([]);
    await sweepInbound(later.parts, turnFor({ sweptTo: minutesAgo(60) }).turn, endless);
    expect(later.asked.listSince).toBe(minutesAgo(75));
    expect(later.asked.knownSince).toBeLessThan(minutesAgo(75));
    const first = sweeping([]);
    await sweepInbound(first.parts, turnFor({}).turn, endless);
    expect(first.asked.listSince).toBe(noon - policy.reachMs);
  });

  it('stops where somebody else has the turn, and says how far it came to nobody', async () => {
    const texts = Array.from({ length: 1_200 }, (_, index) => listed(index)).reverse();
    const { parts, commands } = sweeping([texts]);
    const { turn, finished } = turnFor({ keeps: 3 });
    expect(await sweepInbound(parts, turn, endless)).toMatchObject({ lost: true });
    expect(commands()).toHaveLength(500);
    expect(finished).toEqual([]);
  });

  it('lists nothing where the turn was lost over the commands that are there', async () => {
    const { parts, asked } = sweeping([[listed(1)]]);
    expect(await sweepInbound(parts, turnFor({ keeps: 0 }).turn, endless)).toMatchObject({
      listed: 0,
      lost: true,
    });
    expect(asked.listSince).toBeUndefined();
  });

  it('that Kafka did not take is not finished', async () => {
    const { parts, kafka } = sweeping([[listed(1)]]);
    kafka.state.mode = 'refuse';
    const { turn, finished } = turnFor({});
    await expect(sweepInbound(parts, turn, endless)).rejects.toThrow('no broker');
    expect(finished).toEqual([]);
  });
});
