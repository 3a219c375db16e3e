import type { Phone } from '@stopcovid/contracts';
import { type pause, type Tracer, unreachable } from '@stopcovid/runtime';
import type { Announce } from './announce';
import { CarrierCalls } from './carrier-calls';
import { forgottenCall, nextStep, type DeliveryPolicy, type Step } from '../outbox/deliver';
import { dueAt, turnOf, type Outbox, type OutboxItem } from '../outbox/outbox';
import { saved } from '../store/outbox-store';
import { costOf, type Planned } from './planned';
import { Refusals, type RefusalParts } from './refusals';
import { Settler } from './settler';
import type { KeptAgenda } from './kept-agenda';
import { looksAtOnce } from '../carrier/calls-at-once';
import type { SendResult, TextGateway } from '../carrier/text-gateway';
import type { TokenBucket } from './token-bucket';

/** What somebody may want to count, or to be woken by. */
export type DispatcherSignals = {
  readonly announced: (item: OutboxItem, of: Outbox) => void;
  readonly result: (result: SendResult, tookMs: number) => void;
  readonly trouble: (error: unknown) => void;
  readonly refused: RefusalParts['onRefused'];
  readonly accepted: RefusalParts['onAccepted'];
};

export type DispatcherParts = {
  readonly agenda: KeptAgenda;
  readonly gateway: TextGateway;
  readonly announce: Announce;
  readonly bucket: TokenBucket;
  readonly policy: DeliveryPolicy;
  readonly now: () => number;
  /** How time passes. */
  readonly pause: typeof pause;
  /** This replica's part of the account's rate, 0 to 1. */
  readonly share: () => number;
  readonly maxInFlight: number;
  /** The longest nap, and the pause after trouble. */
  readonly pollMs: number;
  /** How long an account or a sender that was refused is left alone; then one text tries again. */
  readonly refusedPauseMs: number;
  readonly signals: DispatcherSignals;
  readonly tracer: Tracer;
};

/* Without a reason of ours an error with its stack is made for each. */
const isWoken = 'woken';

/** Sends what is due: one text per phone at a time, many phones at once, at the account's rate. */
export class Dispatcher {
  readonly #sending = new Map<Phone, Promise<void>>();
  /** Apart from those who send: a list that is slow keeps nobody waiting who has nothing to look for. */
  readonly #looking = new Map<Phone, Promise<void>>();
  readonly #stopping = new AbortController();
  readonly #settler: Settler;
  /** Whose claims are being written. */
  readonly #claiming = new Set<Phone>();
  readonly #takingIn = new Set<Promise<unknown>>();
  readonly #calls: CarrierCalls;
  readonly #refusals: Refusals;
  #woken = false;
  #isTroubled = false;
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
    this.#settler = new Settler({
      ...parts,
      store: parts.agenda.store,
      onAnnounced,
      onTrouble,
      until: this.#stopping.signal,
    });
    this.#calls = new CarrierCalls({
      ...parts,
      refusals: this.#refusals,
      settler: this.#settler,
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

  /**
   * Writes what was just taken in, like the store's `save`. What may go at once is claimed in that very write, and goes
   * once it is written.
   */
  takeIn(outboxes: readonly Outbox[]): Promise<ReadonlySet<Phone>> {
    const planned = this.#planAtOnce(outboxes);
    const claims = new Set(planned.map(({ base }) => base));
    const written = this.#claim(
      planned,
      outboxes.filter((outbox) => !claims.has(outbox)),
    );
    this.#takingIn.add(written);
    return written.finally(() => this.#takingIn.delete(written));
  }

  /** Claims nothing more, and resolves when all calls under way are settled. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#loop;
    await Promise.allSettled(this.#takingIn);
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
    this.#isTroubled = true;
    return 0;
  }

  async #idle(): Promise<void> {
    if (this.#woken) return;
    const nap = new AbortController();
    this.#wakeUp = () => nap.abort(isWoken);
    await this.parts.pause(this.#isTroubled ? this.parts.pollMs : this.#untilNextMs(), nap.signal);
    this.#isTroubled = false;
    this.#wakeUp = undefined;
  }

  /** How long there is nothing to do, unless somebody wakes us: a call that ends does, too. */
  #untilNextMs(): number {
    const { agenda, now, pollMs } = this.parts;
    const at = now();
    const toSend = Math.max(Math.min(agenda.next('first'), agenda.next('later')), this.#mayFrom(at));
    const toLook = this.#roomToLook() > 0 ? agenda.next('doubtful') : Infinity;
    return Math.min(pollMs, Math.max(0, Math.min(toSend, toLook) - at));
  }

  #mayFrom(at: number): number {
    const { bucket, maxInFlight, share } = this.parts;
    const refusedUntil = this.#refusals.accountUntil;
    if (refusedUntil !== undefined) return this.#sending.size > 0 ? Infinity : refusedUntil;
    return this.#sending.size >= maxInFlight ? Infinity : at + bucket.waitMs(at, share());
  }

  /** Takes up what is due and there is room for. Answers how many phones that were. */
  async #round(): Promise<number> {
    const { agenda } = this.parts;
    await agenda.bringUpToDate();
    const isBusy = (phone: Phone): boolean => this.#isBusy(phone);
    const due = [...this.#dueToSend(), ...agenda.take('doubtful', this.#roomToLook(), isBusy)];
    due.forEach((base) => this.#watchStore(base));
    await this.#claim(this.#plan(due));
    return due.length;
  }

  #isBusy(phone: Phone): boolean {
    return this.#sending.has(phone) || this.#looking.has(phone) || this.#claiming.has(phone);
  }

  /** Those that may go in the write that takes them in: nobody else waits for a turn, and the rate has room. */
  #planAtOnce(outboxes: readonly Outbox[]): readonly Planned[] {
    const { agenda, now, policy } = this.parts;
    const planned: Planned[] = [];
    let room = this.#stopping.signal.aborted ? 0 : this.#room();
    for (const base of outboxes) {
      if (room <= 0) break;
      const at = now();
      if ((dueAt(base) ?? Infinity) > at || this.#isBusy(base.phone) || !agenda.isFirst(base)) continue;
      const step = nextStep(base, { at, policy, me: this.#calls.me });
      if (step.do !== 'send' || this.#afterRefusal(base, step).do !== 'send') continue;
      planned.push({ base, step });
      room -= 1;
    }
    return planned;
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

  #room(): number {
    const { bucket, maxInFlight, now, share } = this.parts;
    const room = Math.min(
      maxInFlight - this.#sending.size - this.#claiming.size,
      bucket.available(now(), share()),
    );
    const refusedUntil = this.#refusals.accountUntil;
    if (refusedUntil === undefined) return room;
    return now() < refusedUntil || this.#sending.size > 0 ? 0 : Math.min(room, 1);
  }

  #roomToLook(): number {
    return looksAtOnce(this.parts.maxInFlight) - this.#looking.size;
  }

  #dueToSend(): readonly Outbox[] {
    const { agenda } = this.parts;
    const isBusy = (phone: Phone): boolean => this.#isBusy(phone);
    const limit = this.#room();
    const first = agenda.take('first', limit, isBusy);
    return [...first, ...agenda.take('later', limit - first.length, isBusy)];
  }

  /**
   * Writes all claims, and what else there is, in one go; only what is written is carried out. Answers whom somebody
   * else wrote first. The rate is paid before: others ask for room meanwhile.
   */
  async #claim(planned: readonly Planned[], others: readonly Outbox[] = []): Promise<ReadonlySet<Phone>> {
    const { agenda, bucket } = this.parts;
    const claims = planned.flatMap(({ step }) => (step.do === 'announce' ? [] : [step.outbox]));
    bucket.take(...costOf(planned));
    planned.forEach(({ base }) => this.#claiming.add(base.phone));
    let isLost = (_: Planned): boolean => true;
    try {
      const writes = [...claims, ...others];
      const conflicts = writes.length > 0 ? await agenda.store.save(writes) : new Set<Phone>();
      isLost = ({ base }) => conflicts.has(base.phone);
      return conflicts;
    } finally {
      bucket.giveBack(...costOf(planned.filter(isLost)));
      planned.forEach(({ base }) => this.#claiming.delete(base.phone));
      planned.filter((each) => !isLost(each)).forEach((each) => this.#run(each));
    }
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
