import type { Phone } from '@stopcovid/contracts';
import type { RegistrationLookup } from '@stopcovid/dialog-engine';
import type { Scheduler, Node } from './scheduler';

const listLimitMs = 2_000;
const codeAnswerMs = 20_000;

/** Services outside that are slow for the time being, and for whom. */
export class Slow {
  /** The carrier accepts what goes to these phones and says nothing; their list is not had within the call's limit. */
  doubtful: ReadonlySet<Phone> = new Set();
  /** The service that knows registration codes. */
  codes = false;

  /** Nothing is slow any more. */
  end(): void {
    this.doubtful = new Set();
    this.codes = false;
  }

  get isOn(): boolean {
    return this.codes || this.doubtful.size > 0;
  }

  /** The list's answer, as one node has to wait for it. */
  async list<T>(
    { phone, node, scheduler }: { phone: Phone; node: Node; scheduler: Scheduler },
    ask: () => Promise<T>,
  ): Promise<T | undefined> {
    if (!this.doubtful.has(phone)) return ask();
    await scheduler.pause(node, listLimitMs);
    return undefined;
  }

  /** The same lookup, whose unknown codes go to the service outside, as one node has to wait for it. */
  lookup(inner: RegistrationLookup, node: Node, scheduler: Scheduler): RegistrationLookup {
    return {
      lookup: async (code, patience) => {
        const answer = await inner.lookup(code, patience);
        if (answer.status !== 'Unknown' || !this.codes) return answer;
        patience(codeAnswerMs);
        await scheduler.pause(node, codeAnswerMs);
        return answer;
      },
    };
  }
}
