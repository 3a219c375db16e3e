import { setTimeout as pause } from 'node:timers/promises';
import type { RunningService } from '@stopcovid/stack';
import { residentMb, say } from '../kit';

const lookEveryMs = 250;
const tellEveryMs = 5_000;

/** What is said now and then, and when it has taken too long. */
type Waiting = { readonly tell: () => string; readonly limitMs: number };

/** What the service does while somebody waits for it: the most memory that it took, and lines for who watches. */
export class Watching {
  mostMb = 0;
  readonly #timer: NodeJS.Timeout;
  #tellAt = Date.now() + tellEveryMs;

  constructor(private readonly ingress: RunningService) {
    this.#timer = setInterval(
      () => (this.mostMb = Math.max(this.mostMb, residentMb(ingress.pid))),
      lookEveryMs,
    );
  }

  /** Asks until the answer is yes. Rejects when the service has ended, or at the limit. */
  async until(isSo: () => Promise<boolean>, { tell, limitMs }: Waiting): Promise<void> {
    const limit = Date.now() + limitMs;
    let over = false;
    void this.ingress.ended.then(() => (over = true));
    while (!(await isSo())) {
      if (over) throw new Error(`sms-ingress ended; its log is ${this.ingress.logFile}`);
      if (Date.now() > limit) throw new Error(`not within ${limitMs / 1_000} s: ${tell()}`);
      if (Date.now() > this.#tellAt) {
        say(`${tell()}, ${Math.round(residentMb(this.ingress.pid))} MB resident`);
        this.#tellAt = Date.now() + tellEveryMs;
      }
      await pause(lookEveryMs);
    }
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
