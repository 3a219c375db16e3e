/** Asks the database for its time so often; in between the process's own steady pulse goes on from there. */
const askEveryMs = 10_000;

export type TimeParts = {
  /** The database's time, milliseconds since 1970. */
  readonly ask: () => Promise<number>;
  /** Milliseconds of a pulse that no clock change moves. */
  readonly pulse: () => number;
  /** This process's own clock. */
  readonly own: () => number;
};

/** The time by which due is judged: the database's, so that all replicas agree. It never goes backwards. */
export class DatabaseTime {
  #known: { readonly at: number; readonly pulse: number } | undefined;
  #last = -Infinity;
  #offMs = 0;

  constructor(private readonly parts: TimeParts) {}

  async now(): Promise<number> {
    const pulse = this.parts.pulse();
    if (this.#known === undefined || pulse - this.#known.pulse >= askEveryMs) {
      const at = await this.parts.ask();
      this.#known = { at, pulse: this.parts.pulse() };
      this.#offMs = Math.max(Math.abs(this.parts.own() - at), this.#last - at);
    }
    /* A pulse has fractions; the calendar takes whole milliseconds. */
    const at = Math.floor(this.#known.at + this.parts.pulse() - this.#known.pulse);
    this.#last = Math.max(this.#last, at);
    return this.#last;
  }

  /** How far this process's clock is from the database's, or the database's from where it has been already. */
  get offMs(): number {
    return this.#offMs;
  }
}
