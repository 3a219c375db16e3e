import type { SmsLogRecord } from '@stopcovid/contracts';
import type { Erasures } from '../erasure/erasure';
import type { MessageStore } from './message-store';

/**
 * Takes the words of what was just written of people who were erased since. Asked after the write: whichever comes first,
 * the erasure finds the message, or the message the erasure. Records without words bring none back: a message is written
 * as it was read, or not at all.
 */
export const forgetErased = async (
  store: Pick<MessageStore, 'forget'>,
  erasures: Pick<Erasures, 'of'>,
  records: readonly SmsLogRecord[],
): Promise<void> => {
  const phones = new Set(records.flatMap((record) => ('body' in record ? [record.phone] : [])));
  const erased = await erasures.of([...phones]);
  for (const { phone, at } of erased.values()) await store.forget(phone, at);
};
