/** Asks the database for its time so often; in between the process's own steady pulse goes on from there. */
const askEveryMs = 30_000;
/** So far may own clock and pulse part, before the database is asked: a machine that slept has no pulse meanwhile. */
const mostApartMs = 500;

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
  #known: { readonly at: number; readonly pulse: number; readonly own: number } | undefined;
  #last = -Infinity;
  #offMs = 0;

  constructor(private readonly parts: TimeParts) {}

  async now(): Promise<number> {
    if (this.#known === undefined || this.#mustAsk(this.#known)) {
      const at = await this.parts.ask();
      const own = this.parts.own();
      this.#known = { at, own, pulse: this.parts.pulse() };
      this.#offMs = Math.max(Math.abs(own - at), this.#last - at);
    }
    /* A pulse has fractions; the calendar takes whole milliseconds. */
    const at = Math.floor(this.#known.at + this.parts.pulse() - this.#known.pulse);
    this.#last = Math.max(this.#last, at);
    return this.#last;
  }

  #mustAsk({ pulse, own }: { readonly pulse: number; readonly own: number }): boolean {
    const passed = this.parts.pulse() - pulse;
    return passed >= askEveryMs || Math.abs(this.parts.own() - own - passed) > mostApartMs;
  }

  /** How far this process's clock is from the database's, or the database's from where it has been already. */
  get offMs(): number {
    return this.#offMs;
  }
}
