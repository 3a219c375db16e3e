import { pause } from '@stopcovid/runtime';
import type { Address } from '../carrier/message';
import type { MovableClock } from './movable-clock';

/** The next thing that comes to somebody without being asked for. */
export type Due = {
  readonly kind: string;
  /** Which of its kind: two that are due to a phone differ in one of both. */
  readonly nominal: string;
  /** Milliseconds since 1970; now where it is due already. */
  readonly at: number;
};

/** By whose clock somebody lives, and what comes to them next: `null` where nothing does. */
export type Standing = { readonly zone: string | null; readonly next: Due | null };

/** What whoever hosts a movable clock tells of the trainees behind the phones. */
export type Trainees = {
  /** `undefined` for a phone that was never heard of. */
  readonly standingOf: (phone: Address) => Promise<Standing | undefined>;
  /** Sets the zone of a trainee; answers why not where that was refused. */
  readonly setZone: (phone: Address, zone: string) => Promise<string | undefined>;
  /** Resolves when all that was sent to phones is with the carrier, or after a while. */
  readonly settled: () => Promise<void>;
};

/** Their token. */
export const TRAINEES = Symbol('TRAINEES');

/** What a day is made of: a clock, whose day it is, and the phones that they hold. */
export type DayParts = {
  readonly clock: MovableClock;
  readonly trainees: Trainees;
  readonly phones: () => readonly Address[];
  /** Whether a text is on its way to this phone or from it. */
  readonly isBusy: (phone: Address) => boolean;
  /** What has not come by then waits for something else than the time, and the day goes on without it. */
  readonly comesWithinMs: number;
};

type DueTo = Due & { readonly phone: Address };

const keyOf = ({ phone, kind, nominal }: DueTo): string => [phone, kind, nominal].join('/');

const lookEveryMs = 50;

/** A clock that does not jump over what is due: it stops there until that has come, as if the time had passed. */
export class Day {
  #moves: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: DayParts) {}

  /** Milliseconds since 1970. */
  now(): number {
    return this.parts.clock.now();
  }

  /** Where each phone stands that was heard of. */
  async standings(): Promise<readonly (Standing & { readonly phone: Address })[]> {
    const { phones, trainees } = this.parts;
    const all = await Promise.all(
      phones().map(async (phone) => ({ phone, standing: await trainees.standingOf(phone) })),
    );
    return all.flatMap(({ phone, standing }) => (standing ? [{ phone, ...standing }] : []));
  }

  /** Moves the clock to an instant by way of all that comes until then. False, and nothing moved, where it is past. */
  moveTo(at: number): Promise<boolean> {
    const move = this.#moves.then(() => this.#moveTo(at));
    this.#moves = move.catch(() => undefined);
    return move;
  }

  async #moveTo(at: number): Promise<boolean> {
    if (at < this.now()) return false;
    const waiting = new Set<string>();
    for (;;) {
      const due = (await this.#due()).find((one) => one.at <= at && !waiting.has(keyOf(one)));
      if (due === undefined) break;
      this.#forwardTo(due.at);
      if (!(await this.#comesTrue(() => this.#came(due)))) waiting.add(keyOf(due));
      await this.parts.trainees.settled();
      await this.#comesTrue(() => !this.parts.isBusy(due.phone));
    }
    this.#forwardTo(at);
    return true;
  }

  /* Time goes on by itself meanwhile. */
  #forwardTo(at: number): void {
    this.parts.clock.moveTo(Math.max(at, this.now()));
  }

  async #due(): Promise<readonly DueTo[]> {
    return (await this.standings())
      .flatMap(({ phone, next }) => (next ? [{ ...next, phone }] : []))
      .sort((one, other) => one.at - other.at);
  }

  async #came(due: DueTo): Promise<boolean> {
    const next = (await this.parts.trainees.standingOf(due.phone))?.next;
    return !next || keyOf({ ...next, phone: due.phone }) !== keyOf(due);
  }

  async #comesTrue(isSo: () => boolean | Promise<boolean>): Promise<boolean> {
    const end = performance.now() + this.parts.comesWithinMs;
    while (performance.now() < end) {
      if (await isSo()) return true;
      await pause(lookEveryMs);
    }
    return false;
  }
}
