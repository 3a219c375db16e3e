import type { Carrier } from '../carrier/carrier';
import { crowdNumber } from '../carrier/crowd-numbers';
import { seededRandom } from '../carrier/faults';
import { phoneOf, type Address, type Message } from '../carrier/message';
import type { LoadPlan } from './behaviour';
import { Durations } from './durations';
import { Person } from './person';

/** A person's seat in the run: who they are, what they will do next, since when they wait for an answer. */
type Seat = { readonly person: Person; timer?: NodeJS.Timeout; waitingSince?: number };

export type RunState = 'running' | 'finished' | 'stopped';

const tickMs = 20;
/** Texts whose webhook is not done with: beyond it nobody writes, so that memory stays flat. */
const underWayAtMost = 20_000;

/** A crowd of people who text, until it is over; afterwards it only counts what still comes in. */
export class Run {
  state: RunState = 'running';
  readonly counts = { texts: 0, heldBack: 0, accepted: 0, refused: 0, lost: 0, heard: 0, stops: 0 };
  readonly replies = new Durations();
  readonly #seats = new Map<Address, Seat>();
  readonly #order: readonly Address[];
  readonly #startedMs = performance.now();
  #endedMs: number | undefined;
  #ticker: NodeJS.Timeout | undefined;
  #turns = 0;
  #waiting = 0;

  constructor(
    readonly plan: LoadPlan,
    private readonly carrier: Pick<Carrier, 'receive'>,
    private readonly onEnd: () => void,
  ) {
    this.#order = Array.from({ length: plan.phones }, (_, index) =>
      crowdNumber(plan.places?.[index] ?? index),
    );
    for (const [index, phone] of this.#order.entries()) {
      // Neighbouring seeds give sequences that look alike at first; multiples of a large odd number do not.
      const random = seededRandom(plan.seed + Math.imul(index + 1, 0x9e3779b1));
      const person = new Person(phone, plan.behaviour, random);
      if (plan.registered) person.join();
      this.#seats.set(phone, { person });
    }
  }

  get seconds(): number {
    return ((this.#endedMs ?? performance.now()) - this.#startedMs) / 1_000;
  }

  get underWay(): number {
    const { texts, accepted, refused, lost } = this.counts;
    return texts - accepted - refused - lost;
  }

  /** How many wrote and have not heard since. */
  get waiting(): number {
    return this.#waiting;
  }

  start(): void {
    const { messagesPerSecond, rampSeconds, phones, durationSeconds, registered } = this.plan;
    if (messagesPerSecond === undefined && !registered) {
      for (const [index, seat] of [...this.#seats.values()].entries())
        this.#writeAfter(seat, (index / phones) * rampSeconds * 1_000);
    }
    this.#ticker = setInterval(() => {
      if (messagesPerSecond !== undefined) this.#takeTurns(messagesPerSecond);
      if (this.seconds >= durationSeconds) this.end('finished');
    }, tickMs);
    this.#ticker.unref();
  }

  end(state: 'finished' | 'stopped'): void {
    if (this.state !== 'running') return;
    this.state = state;
    this.#endedMs = performance.now();
    clearInterval(this.#ticker);
    for (const { timer } of this.#seats.values()) clearTimeout(timer);
    this.onEnd();
  }

  /** Takes note of a new version of any message of the carrier's. */
  notice(message: Message): void {
    const seat = this.#seats.get(phoneOf(message));
    if (!seat) return;
    if (message.direction !== 'inbound') {
      if (message.status === 'delivered') this.#hear(seat, message.body);
    } else if (message.handover.kind !== 'underWay') {
      this.counts[message.handover.kind] += 1;
    }
  }

  /** At a given rate the phones take turns, whether or not anybody answers. */
  #takeTurns(perSecond: number): void {
    const due = Math.floor(Math.min(this.seconds, this.plan.durationSeconds) * perSecond);
    for (; this.#turns < due && this.state === 'running'; this.#turns += 1) {
      const seat = this.#seats.get(this.#order[this.#turns % this.#order.length] ?? '');
      if (seat) this.#write(seat);
    }
  }

  #hear(seat: Seat, text: string): void {
    this.counts.heard += 1;
    this.#answered(seat);
    const wantsToWrite = seat.person.hear(text);
    if (this.plan.messagesPerSecond !== undefined) return;
    // Another text makes them read again before they write.
    if (wantsToWrite) this.#writeAfter(seat, seat.person.thinkMs());
  }

  #answered(seat: Seat): void {
    if (seat.waitingSince === undefined) return;
    this.replies.add(performance.now() - seat.waitingSince);
    delete seat.waitingSince;
    this.#waiting -= 1;
  }

  #writeAfter(seat: Seat, ms: number): void {
    clearTimeout(seat.timer);
    if (this.state !== 'running') return;
    seat.timer = setTimeout(() => this.#write(seat), ms);
    seat.timer.unref();
  }

  #write(seat: Seat): void {
    if (this.state !== 'running') return;
    if (this.underWay >= underWayAtMost) {
      this.counts.heldBack += 1;
      return;
    }
    const stoppedBefore = seat.person.hasStopped;
    const bodies = seat.person.sayAll();
    if (seat.person.hasStopped && !stoppedBefore) this.counts.stops += 1;
    if (seat.waitingSince === undefined) this.#waiting += 1;
    seat.waitingSince ??= performance.now();
    for (const body of bodies) this.#send(seat.person.phone, body);
  }

  #send(phone: Address, body: string): void {
    if (this.state !== 'running') return;
    this.counts.texts += 1;
    this.carrier.receive(phone, { body });
    if (this.counts.texts === this.plan.texts) this.end('finished');
  }
}
