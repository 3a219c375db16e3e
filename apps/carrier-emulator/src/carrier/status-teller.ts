import { setTimeout as pause } from 'node:timers/promises';
import type { PhoneFaults, Random } from './faults';
import type { OutboundMessage } from './message';

export type TellerParts = {
  readonly random: Random;
  /** Posts one status callback until it is taken or given up. */
  readonly post: (message: OutboundMessage) => Promise<void>;
};

/** Posts one message's status callbacks, one after the other, unless its faults say otherwise. */
export class StatusTeller {
  readonly #lastFirst: boolean;
  readonly #held: OutboundMessage[] = [];
  #told: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: TellerParts,
    private readonly faults: PhoneFaults,
  ) {
    this.#lastFirst = parts.random() < faults.reorderCallbacks;
  }

  tell(message: OutboundMessage): void {
    if (message.statusCallback === undefined) return;
    if (this.#lastFirst) this.#held.unshift(message);
    else this.#post(message);
  }

  /** After the last status: what was held back is posted now. Resolves once all callbacks are done with. */
  finish(): Promise<void> {
    for (const message of this.#held.splice(0)) this.#post(message);
    return this.#told;
  }

  #post(message: OutboundMessage): void {
    const copies = this.#copies();
    const due = performance.now() + this.faults.callbackDelayMs;
    this.#told = this.#told.then(async () => {
      const left = due - performance.now();
      if (left > 0) await pause(left, undefined, { ref: false });
      for (let copy = 0; copy < copies; copy += 1) await this.parts.post(message);
    });
  }

  #copies(): number {
    const { random } = this.parts;
    if (random() < this.faults.missingCallbacks) return 0;
    return random() < this.faults.duplicateCallbacks ? 2 : 1;
  }
}
