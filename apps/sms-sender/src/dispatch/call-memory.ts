import { LatestMap } from '@stopcovid/runtime';

/** One call that this process made: which attempt it was, when, and the sid once the carrier has said it. */
export type Call = { readonly attempts: number; readonly since: number; readonly sid?: string };

const callsKept = 20_000;

/**
 * What this process handed over lately, by text id. A store that comes back without the last writes that it
 * acknowledged would have those texts sent again: this memory knows better. Bounded; the oldest are forgotten.
 */
export class CallMemory {
  readonly #calls: LatestMap<string, Call>;

  constructor(most = callsKept) {
    this.#calls = new LatestMap(most);
  }

  /** Before the call is made, and again with the sid when the carrier took the text. */
  note(id: string, call: Call): void {
    this.#calls.set(id, call);
  }

  /** The carrier surely did not take it. */
  forget(id: string): void {
    this.#calls.delete(id);
  }

  of(id: string): Call | undefined {
    return this.#calls.get(id);
  }
}
