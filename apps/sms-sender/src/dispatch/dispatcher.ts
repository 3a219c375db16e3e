import { type pause, type Tracer, unreachable } from '@stopcovid/runtime';
import { segmentsOf } from '@stopcovid/sms-copy';
import { Agenda } from './agenda';
import type { Announce } from './announce';
import { CarrierCalls } from './carrier-calls';
import { forgottenCall, nextStep, type DeliveryPolicy, type Step } from '../outbox/deliver';
import { turnOf, type Lane, type Outbox, type OutboxItem } from '../outbox/outbox';
import { saved, type OutboxStore, type Partitions } from '../store/outbox-store';
import { Refusals, type RefusalParts } from './refusals';
import { Settler } from './settler';
import { looksAtOnce } from '../carrier/calls-at-once';
import type { SendResult, TextGateway } from '../carrier/text-gateway';
import type { TokenBucket } from './token-bucket';

/** What somebody may want to count, or to be woken by. */
export type DispatcherSignals = {
  readonly announced: (item: OutboxItem) => void;
  readonly result: (result: SendResult, tookMs: number) => void;
  readonly trouble: (error: unknown) => void;
  readonly refused: RefusalParts['onRefused'];
  readonly accepted: RefusalParts['onAccepted'];
};

export type DispatcherParts = {
  readonly store: OutboxStore;
  readonly gateway: TextGateway;
  readonly announce: Announce;
  readonly bucket: TokenBucket;
  readonly policy: DeliveryPolicy;
  readonly now: () => number;
  /** How time passes. */
  readonly pause: typeof pause;
  readonly partitions: () => Partitions;
  /** This replica's part of the account's rate, 0 to 1. */
  readonly share: () => number;
  readonly maxInFlight: number;
  readonly pollMs: number;
  /** How long an account or a sender that was refused is left alone; then one text tries again. */
  readonly refusedPauseMs: number;
  readonly signals: DispatcherSignals;
  readonly tracer: Tracer;
};

type Planned = { readonly base: Outbox; readonly step: Step };

/** Sends what is due: one text per phone at a time, many phones at once, at the account's rate. */
export class Dispatcher {
  readonly #sending = new Map<string, Promise<void>>();
  /** Apart from those who send: a list that is slow keeps nobody waiting who has nothing to look for. */
  readonly #looking = new Map<string, Promise<void>>();
  readonly #stopping = new AbortController();
  readonly #settler: Settler;
  /** When phones that were just served are due again, so that nobody has to ask all the time. */
  readonly #agenda = new Agenda();
  readonly #calls: CarrierCalls;
  readonly #refusals: Refusals;
  #woken = false;
  #wakeUp: (() => void) | undefined;
  #loop: Promise<void> | undefined;

  constructor(private readonly parts: DispatcherParts) {
    const { announced: onAnnounced, trouble: onTrouble } = parts.signals;
    this.#refusals = new Refusals({
      pauseMs: parts.refusedPauseMs,
      probeMs: parts.policy.claimMs / 4,
      onRefused: parts.signals.refused,
      onAccepted: parts.signals.accepted,
    });
    this.#settler = new Settler({ ...parts, onAnnounced, onTrouble, until: this.#stopping.signal });
    this.#calls = new CarrierCalls({
      ...parts,
      refusals: this.#refusals,
      settler: this.#settler,
      onServed: (dueAt) => this.#agenda.note(dueAt),
    });
  }

  /** Starts serving; a second call changes nothing. */
  start(): void {
    this.#loop ??= this.#serve();
  }

  /** There may be something new to do. */
  wake(): void {
    this.#woken = true;
    this.#wakeUp?.();
  }

  /** Claims nothing more, and resolves when all calls under way are settled. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#loop;
    await Promise.all([...this.#sending.values(), ...this.#looking.values()]);
  }

  /** Who is refused by the carrier, if anybody. */
  get refusals(): Pick<Refusals, 'stoppedBy' | 'others' | 'hearReport'> {
    return this.#refusals;
  }

  /** How many phones are being worked on. */
  get inFlight(): number {
    return this.#sending.size + this.#looking.size;
  }

  async #serve(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#woken = false;
      const taken = await this.#round().catch((error: unknown) => this.#rest(error));
      if (taken === 0 && !this.#stopping.signal.aborted) await this.#idle();
    }
  }

  #rest(error: unknown): number {
    this.parts.signals.trouble(error);
    this.#woken = false;
    return 0;
  }

  async #idle(): Promise<void> {
    if (this.#woken) return;
    const nap = new AbortController();
    this.#wakeUp = () => nap.abort();
    await this.parts.pause(this.#agenda.untilNext(this.parts.now(), this.parts.pollMs), nap.signal);
    this.#wakeUp = undefined;
  }

  /**
   * Takes up what is due and there is room for. Answers how many phones that were. Who was worked on when the store was
   * asked may have been read before that work was written: its turn comes with the next round.
   */
  async #round(): Promise<number> {
    const busy = new Set([...this.#sending.keys(), ...this.#looking.keys()]);
    const due = [...(await this.#dueToSend()), ...(await this.#due('doubtful', this.#roomToLook()))];
    const free = due.filter(({ phone }) => !busy.has(phone));
    if (free.length === 0) return 0;
    free.forEach((base) => this.#watchStore(base));
    const claimed = await this.#claim(this.#plan(free));
    this.#pay(claimed);
    claimed.forEach((planned) => this.#run(planned));
    return claimed.length;
  }

  /** A look that there is no room for is left to the lane of those in doubt, which the write puts it into. */
  #plan(outboxes: readonly Outbox[]): readonly Planned[] {
    const { now, policy } = this.parts;
    const when = { at: now(), policy, me: this.#calls.me };
    let room = this.#roomToLook();
    return outboxes.map((base) => {
      const step = nextStep(base, when);
      if (step.do === 'look') room -= 1;
      if (step.do === 'look' && room < 0) return { base, step: { do: 'store', outbox: base } };
      return { base, step: this.#afterRefusal(base, step) };
    });
  }

  /** A text whose sender is refused stays as it is until the pause is over. */
  #afterRefusal(base: Outbox, step: Step): Step {
    if (step.do !== 'send') return step;
    const notBefore = this.#refusals.waitFor(step.item, this.parts.now());
    return notBefore === undefined ? step : { do: 'store', outbox: { ...base, notBefore } };
  }

  #watchStore(outbox: Outbox): void {
    const head = turnOf(outbox, this.parts.now());
    if (head?.delivery.status === 'READY' && forgottenCall(head, this.#calls.me))
      this.parts.signals.trouble(new Error('the store forgot a claim that it had acknowledged'));
  }

  #pay(claimed: readonly Planned[]): void {
    const items = claimed.flatMap(({ step }) => (step.do === 'send' ? [step.item] : []));
    const segments = items.reduce((sum, { body }) => sum + Math.max(1, segmentsOf(body).segments), 0);
    this.parts.bucket.take(items.length, segments);
  }

  #room(): number {
    const { bucket, maxInFlight, now, share } = this.parts;
    const room = Math.min(maxInFlight - this.#sending.size, bucket.available(now(), share()));
    const refusedUntil = this.#refusals.accountUntil;
    if (refusedUntil === undefined) return room;
    return now() < refusedUntil || this.#sending.size > 0 ? 0 : Math.min(room, 1);
  }

  #roomToLook(): number {
    return looksAtOnce(this.parts.maxInFlight) - this.#looking.size;
  }

  async #due(lane: Lane, limit: number): Promise<readonly Outbox[]> {
    if (limit <= 0) return [];
    const { store, partitions, now } = this.parts;
    return [...(await store.due({ partitions: partitions(), at: now(), lane, limit })).outboxes.values()];
  }

  async #dueToSend(): Promise<readonly Outbox[]> {
    const limit = this.#room();
    const first = await this.#due('first', limit);
    const later = await this.#due('later', limit - first.length);
    /* A phone's priority may have changed between the two questions. */
    const known = new Set(first.map(({ phone }) => phone));
    return [...first, ...later.filter(({ phone }) => !known.has(phone))];
  }

  /** Writes all claims in one go; only what is written may be carried out. */
  async #claim(planned: readonly Planned[]): Promise<readonly Planned[]> {
    const writes = planned.filter(({ step }) => step.do !== 'announce');
    if (writes.length === 0) return planned;
    const conflicts = await this.parts.store.save(writes.map(({ step }) => step.outbox));
    return planned.filter(({ base }) => !conflicts.has(base.phone));
  }

  #run(planned: Planned): void {
    const { phone } = planned.base;
    const busy = planned.step.do === 'look' ? this.#looking : this.#sending;
    const work = this.#carryOut(planned)
      .catch(this.parts.signals.trouble)
      .finally(() => {
        busy.delete(phone);
        this.wake();
      });
    busy.set(phone, work);
  }

  #carryOut({ base, step }: Planned): Promise<void> {
    switch (step.do) {
      case 'send':
        return this.#calls.send(saved(step.outbox), step.item);
      case 'look':
        return this.#calls.look(saved(step.outbox), step.item);
      case 'announce':
        return this.#settler.store({ base, apply: (outbox) => outbox });
      case 'store':
        return Promise.resolve();
      default:
        return unreachable(step);
    }
  }
}
