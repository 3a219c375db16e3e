import type { Phone } from '@stopcovid/contracts';
import type { Erasures } from '../erasure/erasure';
import type { MessageStore } from './message-store';

/**
 * Takes the words of what was just written of people who were erased since. Asked after the write: whichever comes first,
 * the erasure finds the message, or the message the erasure.
 */
export const forgetErased = async (
  store: Pick<MessageStore, 'forget'>,
  erasures: Pick<Erasures, 'of'>,
  phones: readonly Phone[],
): Promise<void> => {
  const erased = await erasures.of([...new Set(phones)]);
  for (const { phone, at } of erased.values()) await store.forget(phone, at);
};
