import type { Chance } from './chance';
import type { Faults } from './faults';

/** A process: what it awaits is forgotten when it crashes. */
export class Node {
  alive = true;

  constructor(readonly name: string) {}
}

/** A call of a node to something outside of it. */
export type Call<T> = {
  readonly node: Node;
  readonly what: string;
  /** Does what was asked for, at one instant. */
  readonly effect: () => T;
  /** Does a part of it. Calls without one take effect whole or not at all. */
  readonly part?: () => void;
  /** What the caller gets when the call fails; a call without one cannot fail. */
  readonly failure?: () => Error;
  /** Whether the call can be answered yet; always, unless given. */
  readonly ready?: () => boolean;
  /** Whether the node may crash around the call; as a rule where the call may fail. */
  readonly crashes?: boolean;
  /** Not worth a line of the trace as long as all goes well. */
  readonly usual?: boolean;
};

type Pending = {
  readonly node: Node;
  readonly what: string;
  readonly ready: () => boolean;
  readonly due: number;
  readonly run: () => void;
};

/** Lets everything that became possible happen; afterwards every node waits for a call. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Holds every wait of every node, and decides which one ends next, and how. */
export class Scheduler {
  readonly trace: string[] = [];
  steps = 0;
  /** What timers run by; nobody can set it. */
  #elapsed = 0;
  /** What clocks show at the beginning of time. */
  #origin: number;
  /** How far clocks are behind what they have shown. */
  #behind = 0;
  #pending: Pending[] = [];

  constructor(
    private readonly chance: Chance,
    private readonly faults: Faults,
    options: { readonly startAt: number; readonly traced: boolean; readonly onCrash: (node: Node) => void },
  ) {
    this.#origin = options.startAt;
    this.#traced = options.traced;
    this.#onCrash = options.onCrash;
  }

  readonly #traced: boolean;
  readonly #onCrash: (node: Node) => void;

  /** Milliseconds since 1970, as all clocks show them. */
  get now(): number {
    return this.#origin + this.#elapsed;
  }

  /** Milliseconds of a pulse that no clock change moves. */
  get elapsed(): number {
    return this.#elapsed;
  }

  /** All clocks are set forward or back; timers do not care. */
  jump(ms: number): void {
    this.#origin += ms;
    this.#behind = Math.max(0, this.#behind - ms);
  }

  /** Clocks that were set back show no less any more than they would have. Answers by how much they were wrong. */
  putClocksRight(): number {
    const wrong = this.#behind;
    this.jump(wrong);
    return wrong;
  }

  note(line: string): void {
    if (this.#traced) this.trace.push(`${String(this.steps).padStart(5)}  ${line}`);
  }

  /** Asks for something outside; the answer comes when it is chosen, if it comes. */
  call<T>(asked: Call<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#add(asked, () => this.#answer(asked, resolve, reject));
    });
  }

  /** Time passes, or the signal aborts. */
  pause(node: Node, ms: number, until?: AbortSignal): Promise<void> {
    if (until?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const due = this.#elapsed + ms;
      this.#pending.push({
        node,
        what: `pause of ${ms} ms`,
        due,
        ready: () => this.#elapsed >= due || until?.aborted === true,
        run: resolve,
      });
    });
  }

  /** Drops everything that a node waits for: it will never go on. */
  kill(node: Node): void {
    node.alive = false;
    this.#pending = this.#pending.filter((each) => each.node !== node);
  }

  /** Ends one wait, chosen by chance. False when nobody waits for anything that can happen now or later. */
  async step(): Promise<boolean> {
    const ready = this.#pending.filter((each) => each.ready());
    if (ready.length === 0) return this.#wait();
    const chosen = this.chance.pick(ready);
    this.#pending.splice(this.#pending.indexOf(chosen), 1);
    this.steps += 1;
    this.#elapsed += 1 + this.chance.below(20);
    chosen.run();
    await settle();
    return true;
  }

  /** Nothing can happen now: time passes until something can. */
  #wait(): boolean {
    const next = Math.min(...this.#pending.filter(({ due }) => due > this.#elapsed).map(({ due }) => due));
    if (!Number.isFinite(next)) return false;
    this.#elapsed = next;
    return true;
  }

  #add<T>({ node, what, ready }: Call<T>, run: () => void): void {
    if (node.alive) this.#pending.push({ node, what, ready: ready ?? (() => true), due: 0, run });
  }

  /** The answer comes up to a minute late: the node stands still meanwhile. */
  #addLate<T>({ node, what }: Call<T>, run: () => void): void {
    const due = this.#elapsed + this.chance.below(60_000);
    this.#pending.push({ node, what: `${what} (late answer)`, due, ready: () => this.#elapsed >= due, run });
  }

  #crash(node: Node, when: string, what: string): void {
    this.note(`${node.name} crashes ${when}: ${what}`);
    this.#onCrash(node);
  }

  /** Ends a call: well, badly, or never, as the faults will have it. */
  #answer<T>(asked: Call<T>, resolve: (answer: T) => void, reject: (error: Error) => void): void {
    const crashes = asked.crashes ?? asked.failure !== undefined;
    if (crashes && this.#struckBefore(asked, reject)) return;
    const answer = asked.effect();
    if (crashes && !asked.usual) this.note(`${asked.node.name} ${asked.what}`);
    if (crashes && this.#struckAfter(asked, reject, () => resolve(answer))) return;
    resolve(answer);
  }

  #struckBefore<T>(asked: Call<T>, reject: (error: Error) => void): boolean {
    const { node, what, part, failure } = asked;
    if (this.faults.strikes('crash before effect')) {
      this.#crash(node, 'before', what);
      return true;
    }
    if (!failure) return false;
    if (this.faults.strikes('refused')) {
      this.#fail(asked, reject, 'refused');
      return true;
    }
    if (!part || !this.faults.strikes('partly')) return false;
    part();
    this.#fail(asked, reject, 'done in part');
    return true;
  }

  #struckAfter<T>(asked: Call<T>, reject: (error: Error) => void, answer: () => void): boolean {
    const { node, what, failure } = asked;
    if (this.faults.strikes('crash after effect')) {
      this.#crash(node, 'after', what);
      return true;
    }
    if (failure && this.faults.strikes('answer lost')) {
      this.#fail(asked, reject, 'done, but the answer is lost');
      return true;
    }
    if (!this.faults.strikes('answer late')) return false;
    this.#addLate(asked, answer);
    return true;
  }

  #fail<T>({ node, what, failure }: Call<T>, reject: (error: Error) => void, how: string): void {
    this.note(`${node.name} ${what}: ${how}`);
    if (failure) reject(failure());
  }
}
