import {
  commandIdSchema,
  runIdSchema,
  commandRecord,
  encodeLogRecord,
  timestampSchema,
  topics,
  type DialogCommand,
  type Phone,
  type SmsLogRecord,
  type Timestamp,
} from '@stopcovid/contracts';
import type { OutgoingRecord, Publisher } from '@stopcovid/kafka';
import { pause, within } from '@stopcovid/runtime';
import { segmentsOf } from '@stopcovid/sms-copy';
import { whatsappPrefix } from '@stopcovid/twilio';
import { tellsOptOut } from '../outbox/consent';
import type { OwnCode } from '../outbox/failure-codes';
import { callPlace } from './call-place';
import { settledOf, type Outbox, type OutboxItem } from '../outbox/outbox';

const timestampOf = (ms: number): Timestamp => timestampSchema.parse(new Date(ms).toISOString());

type SentFor = Pick<OutboxItem, 'employerId' | 'unitId' | 'language' | 'drill'>;

const sentFor = ({ employerId, unitId, language, drill }: OutboxItem): SentFor => ({
  ...(employerId === undefined ? {} : { employerId }),
  ...(unitId === undefined ? {} : { unitId }),
  ...(language === undefined ? {} : { language }),
  ...(drill === undefined ? {} : { drill }),
});

const wordsOf = ({ body, media, forgotten }: OutboxItem) =>
  forgotten ? { body: '', mediaUrls: [] } : { body, mediaUrls: media === undefined ? [] : [media] };

/** What the message log keeps of a settled text, or undefined while it is not settled. */
export const logRecordOf = (phone: Phone, item: OutboxItem): SmsLogRecord | undefined => {
  const { delivery } = item;
  if (delivery.status !== 'SENT' && delivery.status !== 'FAILED') return undefined;
  const { encoding, segments } = segmentsOf(item.body);
  const record = {
    type: 'SmsSent',
    schemaVersion: 1,
    phone,
    at: timestampOf(delivery.at),
    messageId: item.id,
    ...wordsOf(item),
    kind: item.kind,
    ...sentFor(item),
    ...(item.to?.startsWith(whatsappPrefix) ? { channel: 'whatsapp' as const } : { segments, encoding }),
  } as const;
  return delivery.status === 'FAILED'
    ? { ...record, error: { code: delivery.code, message: delivery.message } }
    : { ...record, sid: delivery.sid, ...(delivery.from === undefined ? {} : { from: delivery.from }) };
};

const traceOf = (item: OutboxItem): Pick<OutgoingRecord, 'trace'> => {
  const call = callPlace(item);
  return call === undefined ? {} : { trace: { ...call, steps: [...call.steps, 'log'] } };
};

const carrierOptOut = '21610';
const expiredCode: OwnCode = 'EXPIRED';

/** Tells the dialog of an opt-out that the carrier knew, in milliseconds since 1970. The same text always gives the same command. */
export const optOutCommand = (phone: Phone, messageId: string, at: number): DialogCommand => ({
  type: 'OptOutTrainee',
  schemaVersion: 1,
  commandId: commandIdSchema.parse(`carrier-opt-out-${messageId}`),
  phone,
  at: timestampOf(at),
  source: 'carrier',
  detail: `error ${carrierOptOut}`,
  messageId: commandIdSchema.parse(messageId),
});

/** The carrier refused because of an opt-out: the dialog must know, unless the trainee has opted in since. */
export const optOutsOf = (outbox: Outbox): readonly DialogCommand[] =>
  tellsOptOut(outbox)
    ? settledOf(outbox).flatMap(({ id, delivery }) =>
        delivery.status === 'FAILED' && delivery.code === carrierOptOut
          ? [optOutCommand(outbox.phone, id, delivery.at)]
          : [],
      )
    : [];

/** A drill whose beginning came too late has not begun: the same texts always give the same commands. */
const abandonsOf = ({ phone, pending }: Outbox): readonly DialogCommand[] => {
  const firsts = new Map<number, DialogCommand>();
  for (const { id, planned, delivery } of pending) {
    if (delivery.status !== 'FAILED' || delivery.code !== expiredCode) continue;
    if (planned?.runId === undefined || firsts.has(planned.batch)) continue;
    firsts.set(planned.batch, {
      type: 'AbandonDrill',
      schemaVersion: 1,
      commandId: commandIdSchema.parse(`expired-${id}`),
      phone,
      at: timestampOf(delivery.at),
      runId: runIdSchema.parse(planned.runId),
      reason: 'expired',
    });
  }
  return [...firsts.values()];
};

/** Tells the log and the dialog what became of all settled texts. False: not now, try again later. Never throws. */
export type Announce = (outboxes: readonly Outbox[]) => Promise<boolean>;

/** Announces through Kafka; `limitMs` is how long a settled text may wait for the log before it is kept instead. */
export const announceBy =
  (publisher: Publisher, limitMs: number, wait = pause): Announce =>
  async (outboxes) => {
    const settled = outboxes.flatMap((outbox) =>
      settledOf(outbox).map((item) => ({ phone: outbox.phone, item })),
    );
    const log = settled.flatMap(({ phone, item }) => {
      const record = logRecordOf(phone, item);
      return record ? [{ key: phone, value: encodeLogRecord(record), ...traceOf(item) }] : [];
    });
    const commands = outboxes
      .flatMap((outbox) => [...optOutsOf(outbox), ...abandonsOf(outbox)])
      .map(commandRecord);
    if (log.length === 0) return true;
    const published = Promise.all([
      publisher.publish(topics.smsLog, log),
      ...(commands.length > 0 ? [publisher.publish(topics.dialogCommands, commands)] : []),
    ]).then(
      () => true,
      () => false,
    );
    return within(
      published,
      (until) => wait(limitMs, until),
      () => false,
    );
  };
