import { createRuntime, soak, soakWithinMs } from '@stopcovid/runtime';
import { handleWebhook } from './handle-webhook';
import { inbound, nextToken, publicUrl, recordingPublisher, token } from './ingress.testkit';
import { observed } from './observed';
import { signatureCheck } from './signature';

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
  it(
    'leave nothing in memory, nor in Kafka',
    async () => {
      const { handle, records } = served();
      const each = async (number: number): Promise<void> => {
        if ((await handle(forged(number))).outcome !== 'forged') throw new Error('it was taken');
      };
      await expect(soak({ things: 2_000, each, settling: 3_000, mostBytes: 50 })).resolves.toEqual([]);
      expect(records).toEqual([]);
    },
    soakWithinMs,
  );
});
