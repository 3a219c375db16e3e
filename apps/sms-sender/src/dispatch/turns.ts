import type { Priority } from '../outbox/outbox';

/** Of so many texts one is scheduled, while both kinds wait. */
const oneIn = 5;

/** Whose turn it is: replies go before what is scheduled, but for a share that keeps it moving however many replies there are. */
export class Turns {
  /** How many replies have gone since a scheduled text had its turn. */
  #replies = 0;

  /** Takes up to `room`; `from` gives those of one kind, and no more than it is asked for. */
  take<T>(room: number, from: (kind: Priority, limit: number) => readonly T[]): readonly T[] {
    const share = Math.min(room, Math.floor((this.#replies + room) / oneIn));
    const ahead = from('later', share);
    const replies = from('first', room - ahead.length);
    const scheduled = [...ahead, ...from('later', room - ahead.length - replies.length)];
    this.#count(replies.length, scheduled.length);
    return [...replies, ...scheduled];
  }

  /** Turns that nobody took are not saved up: the next scheduled text has its own soon, and no other. */
  #count(replies: number, scheduled: number): void {
    const since = this.#replies + replies - (oneIn - 1) * scheduled;
    this.#replies = Math.min(oneIn - 1, Math.max(0, since));
  }
}
