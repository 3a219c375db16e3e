import type { RegistrationAnswer } from '@stopcovid/dialog-core';

/**
 * The patience of one slice of commands with services outside. Called before a question goes to one: says for how
 * many milliseconds its answer is waited for, if all of the slice's answers together may take `limitMs`.
 */
export type Patience = (limitMs: number) => number;

/** Patience that begins with the first question. `now` is in milliseconds. */
export const patienceOf = (now: () => number): Patience => {
  let since: number | undefined;
  return (limitMs) => {
    since ??= now();
    return Math.max(0, limitMs - (now() - since));
  };
};

/** Says what a registration code stands for. `Unavailable` is an answer; a throw means that our own store is down. */
export interface RegistrationLookup {
  lookup(code: string, patience: Patience): Promise<RegistrationAnswer>;
}

/** Asks each in turn until one knows the code: our own codes first, then the service outside. */
export const firstKnown = (lookups: readonly RegistrationLookup[]): RegistrationLookup => ({
  async lookup(code, patience) {
    for (const { lookup } of lookups) {
      const answer = await lookup(code, patience);
      if (answer.status !== 'Unknown') return answer;
    }
    return { status: 'Unknown' };
  },
});
