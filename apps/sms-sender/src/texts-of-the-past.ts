import { createHash } from 'node:crypto';
import type { EventBatch, SmsLogRecord } from '@stopcovid/contracts';
import { textsFor, type CopyOptions } from '@stopcovid/sms-copy';
import { logRecordOf } from './dispatch/announce';
import { messageIds } from './intake/message-id';
import { acceptBatch } from './outbox/accept-batch';
import { emptyOutbox } from './outbox/outbox';

const partition = 0;

/** One of Twilio's sids that the same words give each time. */
const sidOf = (said: string): string => `SM${createHash('sha256').update(said).digest('hex').slice(0, 32)}`;

/**
 * The records of the log that the texts of a batch would have left, had a carrier taken each of them at the time of the
 * batch: of people who are made up, whom no carrier reaches.
 */
export const textsOfThePast = (key: string, copy: CopyOptions): ((batch: EventBatch) => SmsLogRecord[]) => {
  const rules = { idOf: messageIds(key), maxPending: Number.MAX_SAFE_INTEGER, isFake: () => false };
  return (batch) => {
    const at = Date.parse(batch.at);
    const arrival = { batch, texts: textsFor(batch, copy), origin: { partition, offset: '0', at } };
    const { pending } = acceptBatch(emptyOutbox(batch.phone, partition), arrival, rules);
    return pending.flatMap(
      (item) =>
        logRecordOf(batch.phone, { ...item, delivery: { status: 'SENT', at, sid: sidOf(item.id) } }) ?? [],
    );
  };
};
