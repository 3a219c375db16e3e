import type { Phone } from '@stopcovid/contracts';
import type { ConsentChange } from './consent-change';

/** Every opt-in and opt-out, each once. Nothing in it is ever changed, but for who is erased. */
export interface ConsentLedger {
  /** Keeps those that it does not have yet. */
  keep(changes: readonly ConsentChange[]): Promise<void>;
  /** Removes the changes of a phone before this sequence. */
  forget(phone: Phone, before: number): Promise<void>;
  /** All of one phone, in the order in which they happened. */
  of(phone: Phone): Promise<readonly ConsentChange[]>;
}
