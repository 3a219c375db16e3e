import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createRuntime } from '@stopcovid/runtime';
import { handleWebhook, type HandleWebhook } from './handle-webhook';
import { inbound, nextToken, publicUrl, recordingPublisher, token } from './ingress.testkit';
import { observed } from './observed';
import { signatureCheck } from './signature';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const heapBytes = (): number => {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

const senders = 16_000;
/** Half of what a map takes that remembers each sender of one half. */
const noiseBytes = 400 * 1024;

/** A text that nobody signed, from a sender, to a path and with a signature that were never there before. */
const forged = (number: number) => ({
  kind: 'either' as const,
  path: `/webhooks/twilio?x=${number}`,
  body: Buffer.from(
    new URLSearchParams(
      inbound({ From: `+1202${String(number).padStart(7, '0')}`, MessageSid: `SM${number}` }),
    ).toString(),
  ),
  signature: Buffer.from(`forged ${number}`).toString('base64'),
});

/** How many bytes the second half of the senders leaves behind. */
const leftBehind = async (handle: HandleWebhook): Promise<number> => {
  const flood = async (from: number, to: number): Promise<void> => {
    for (let number = from; number < to; number += 1)
      if ((await handle(forged(number))).outcome !== 'forged') throw new Error('it was taken');
  };
  await flood(0, senders / 2);
  const before = heapBytes();
  await flood(senders / 2, senders);
  return heapBytes() - before;
};

const served = () => {
  const runtime = createRuntime(
    'sms-ingress',
    { LOG_LEVEL: 'info', LOG_FORMAT: 'json' },
    { write: () => undefined },
  );
  const { publisher, records } = recordingPublisher();
  const isSigned = signatureCheck(new URL(publicUrl), [token, nextToken]);
  const handle = observed(
    handleWebhook({ publisher, isSigned, now: Date.now, produceLimitMs: 1_000 }),
    runtime,
  );
  return { handle, records };
};

describe('forged webhooks of ever new senders', () => {
  it('leave nothing behind, in memory or in Kafka', async () => {
    const { handle, records } = served();
    expect(await leftBehind(handle)).toBeLessThan(noiseBytes);
    expect(records).toEqual([]);
  }, 60_000);

  it('would be noticed here if each were remembered', async () => {
    const { handle } = served();
    const remembered = new Map<string, number>();
    const remembering: HandleWebhook = async (request) => {
      remembered.set(request.path, Date.now());
      return handle(request);
    };
    expect(await leftBehind(remembering)).toBeGreaterThan(noiseBytes);
    expect(remembered.size).toBe(senders);
  }, 60_000);
});
