import { createHmac } from 'node:crypto';
import type { EventBatch } from '@stopcovid/contracts';

/**
 * Names a text for ever: 32 hexadecimal digits from phone, version and place in the batch. It travels in callback
 * URLs, so it is keyed: without the key nobody can try all phone numbers against it.
 */
export const messageIds =
  (key: string) =>
  (batch: Pick<EventBatch, 'phone' | 'version'>, index: number): string =>
    createHmac('sha256', key).update(`${batch.phone}:${batch.version}:${index}`).digest('hex').slice(0, 32);
