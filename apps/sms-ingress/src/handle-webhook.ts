import { encodeLogRecord, timestampSchema, topics } from '@stopcovid/contracts';
import type { Publisher } from '@stopcovid/kafka';
import { withinMs, type TracePlace } from '@stopcovid/runtime';
import type { SignatureCheck } from './signature';
import { mostFields, parseForm } from './webhook-form';
import { publishTexts } from './publish-texts';
import { traceOfStatus, webhookOf } from './trace-places';
import { recordsOf, type WebhookKind, type WebhookRecords } from './webhook-records';

export type WebhookRequest = {
  readonly kind: WebhookKind;
  /** Path and query exactly as they arrived. */
  readonly path: string;
  readonly body: Buffer;
  readonly signature: string | undefined;
};

/** What is answered: `accepted` only once Kafka has it on all replicas. */
export type WebhookAnswer = {
  readonly outcome: 'accepted' | 'ignored' | 'forged' | 'refused' | 'unavailable';
  readonly kind?: 'text' | 'status';
  readonly reason?: string;
  /** Where its span belongs, once it is known what it tells of. */
  readonly trace?: TracePlace;
};

export type WebhookParts = {
  readonly publisher: Publisher;
  readonly isSigned: SignatureCheck;
  readonly now: () => number;
  /** How long Kafka may take, in milliseconds: shorter than Twilio waits for us. */
  readonly produceLimitMs: number;
};
export type HandleWebhook = (request: WebhookRequest) => Promise<WebhookAnswer>;

/* Nobody waits for what became of a text: it travels with the next text that comes in, or with others of its kind. */
const statusMayWaitMs = 25;

const messageIdIn = (path: string): { messageId: string } | undefined => {
  const query = path.split('?')[1];
  if (query === undefined) return undefined;
  const id = new URLSearchParams(query).get('id');
  return id !== null && /^[\w-]{1,128}$/.test(id) ? { messageId: id } : undefined;
};

/** Count of fields, signature, then contents, then Kafka, then the answer: nothing is produced for who has no signature. */
export const handleWebhook =
  ({ publisher, isSigned, now, produceLimitMs }: WebhookParts): HandleWebhook =>
  async ({ kind, path, body, signature }) => {
    const parameters = parseForm(body);
    if (parameters === undefined) return { outcome: 'refused', reason: `more than ${mostFields} fields` };
    if (!isSigned({ path, parameters, signature })) return { outcome: 'forged' };
    const at = timestampSchema.parse(new Date(now()).toISOString());
    const records = recordsOf(kind, { parameters, at, ...messageIdIn(path) });
    if (records.kind === 'refused' || records.kind === 'ignored')
      return { outcome: records.kind, reason: records.reason };
    try {
      const tooLong = (): never => {
        throw new Error('Kafka took too long');
      };
      await withinMs(produce(publisher, records), produceLimitMs, tooLong);
      return { outcome: 'accepted', kind: records.kind, trace: traceOfWebhook(records) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown cause';
      return { outcome: 'unavailable', kind: records.kind, reason, trace: traceOfWebhook(records) };
    }
  };

type Producible = Extract<WebhookRecords, { record: unknown }>;

const traceOfWebhook = (records: Producible): TracePlace =>
  webhookOf(records.kind === 'text' ? { command: records.command.commandId } : traceOfStatus(records.record));

const produce = (publisher: Publisher, records: Producible): Promise<void> => {
  if (records.kind === 'text') return publishTexts(publisher, [records], traceOfWebhook(records));
  const { phone: key, record } = records;
  const trace = { ...traceOfStatus(record), ledBy: traceOfWebhook(records) };
  return publisher.publish(topics.smsLog, [{ key, value: encodeLogRecord(record), trace }], statusMayWaitMs);
};
