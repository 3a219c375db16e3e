import { phoneSchema, type Phone } from '@stopcovid/contracts';
import type { CarrierMessage } from '../invariants';
import type { ListedText, SendResult, TextGateway, TextToSend } from '@stopcovid/sms-sender';
import type { Faults } from './faults';
import type { Node, Scheduler } from './scheduler';
import type { Slow } from './slow';

const lagMs = 5_000;
/** Shorter than a claim stands. */
const latestAnswerMs = 15_000;
const throttled: SendResult = {
  kind: 'refused',
  code: '20429',
  message: 'too many requests',
  disposition: 'retry',
};
const optedOut: SendResult = {
  kind: 'refused',
  code: '21610',
  message: 'unsubscribed recipient',
  disposition: 'optOut',
};
const silent: SendResult = { kind: 'unknown', reason: 'no answer' };

/** A carrier that remembers what it accepted, whatever it answered. */
export class Carrier {
  readonly accepted: CarrierMessage[] = [];

  constructor(
    private readonly around: {
      readonly scheduler: Scheduler;
      readonly faults: Faults;
      readonly slow: Slow;
    },
    /** A trainee leaves and comes back. */
    private readonly onOvertaken: (phone: Phone) => void,
  ) {}

  /** The carrier as one node sees it. */
  seenBy(node: Node): TextGateway {
    return {
      send: async (text) => {
        const calledAt = this.around.scheduler.now;
        const overtaken = this.around.faults.strikes('carrier opts out late');
        const result = await this.around.scheduler.call({
          node,
          what: `sends ${text.id.slice(0, 6)} to ${text.to.slice(-2)}`,
          crashes: true,
          effect: () => (overtaken ? this.#overtaken(text) : this.#take(text, calledAt)),
        });
        if (overtaken) await this.around.scheduler.pause(node, latestAnswerMs);
        return result;
      },
      listSentTo: (phone) =>
        this.around.slow.list(
          { phone: phoneSchema.parse(phone), node, scheduler: this.around.scheduler },
          () =>
            this.around.scheduler.call({
              node,
              what: 'asks for the list',
              crashes: true,
              effect: () => this.#list(phone),
            }),
        ),
    };
  }

  #take({ id, to, body }: TextToSend, calledAt: number): SendResult {
    if (this.around.faults.strikes('carrier throttles')) return this.#noted('throttles', throttled);
    if (this.around.faults.strikes('carrier opts out')) return this.#noted('knows an opt-out', optedOut);
    if (this.around.faults.strikes('carrier silent')) return this.#noted('does not hear', silent);
    const sid = `SM${this.accepted.length}`;
    this.accepted.push({
      sid,
      to: phoneSchema.parse(to),
      body,
      messageId: id,
      at: this.around.scheduler.now,
      calledAt,
    });
    if (this.around.slow.doubtful.has(phoneSchema.parse(to))) return silent;
    if (this.around.faults.strikes('carrier accepts silently'))
      return this.#noted('accepts and says nothing', silent);
    return { kind: 'accepted', sid };
  }

  /** It knows of an opt-out, and says so only when the trainee is back. */
  #overtaken({ to }: TextToSend): SendResult {
    this.onOvertaken(phoneSchema.parse(to));
    return this.#noted('knows an opt-out, and says so late', optedOut);
  }

  #noted(what: string, result: SendResult): SendResult {
    this.around.scheduler.note(`the carrier ${what}`);
    return result;
  }

  #list(phone: string): readonly ListedText[] | undefined {
    if (this.around.faults.strikes('list unavailable')) return undefined;
    const until = this.around.faults.strikes('list lags') ? this.around.scheduler.now - lagMs : Infinity;
    return this.accepted
      .filter(({ to, at }) => to === phone && at <= until)
      .map(({ sid, body, at }) => ({ sid, body, outbound: true, createdAt: Math.floor(at / 1_000) * 1_000 }))
      .reverse();
  }
}
