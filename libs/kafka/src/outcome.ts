/** What a handler says of one record. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry'; readonly reason: string }
  | { readonly kind: 'deadLetter'; readonly code: string; readonly reason: string };

/** The record has had its effect; go on. */
export const done: Outcome = { kind: 'done' };

/** Something that all need is down: the partition waits at this record and tries again, without a limit. */
export const retry = (reason: string): Outcome => ({ kind: 'retry', reason });

/** The record can never be handled: it goes to the dead letters and the partition goes on. No values in `reason`. */
export const deadLetter = (code: string, reason: string): Outcome => ({ kind: 'deadLetter', code, reason });
