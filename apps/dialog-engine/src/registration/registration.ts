import type { RegistrationAnswer } from '@stopcovid/dialog-core';

/** Says what a registration code stands for. `Unavailable` is an answer; a throw means that our own store is down. */
export interface RegistrationLookup {
  lookup(code: string): Promise<RegistrationAnswer>;
}

/** Asks each in turn until one knows the code: our own codes first, then the service outside. */
export const firstKnown = (lookups: readonly RegistrationLookup[]): RegistrationLookup => ({
  async lookup(code) {
    for (const { lookup } of lookups) {
      const answer = await lookup(code);
      if (answer.status !== 'Unknown') return answer;
    }
    return { status: 'Unknown' };
  },
});
