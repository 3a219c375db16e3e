/** Where a group stands in one partition. */
export type Stand = { readonly place: string; readonly committed: bigint; readonly end: bigint };
/** All stands at one moment; milliseconds since 1970. */
export type Sample = { readonly at: number; readonly stands: readonly Stand[] };

/** Times in milliseconds. */
export type Silence = { readonly place: string; readonly ms: number; readonly wholeGroupMs: number };

type Known = { readonly committed: bigint; readonly movedAt: number };

/** Which partitions move, and how long each was silent although it had something to do. */
export class Progress {
  readonly #known = new Map<string, Known>();
  #longest = { place: 'none', ms: 0 };
  #allSilentMs = 0;

  /** A sample that came in. None comes in while the broker is away: that is silence too. */
  take({ at, stands }: Sample): void {
    for (const { place, committed, end } of stands) {
      const known = this.#known.get(place);
      const moved = known === undefined || committed > known.committed;
      this.#count(place, known === undefined ? 0 : at - known.movedAt);
      if (moved || committed >= end) this.#known.set(place, { committed, movedAt: at });
    }
    this.#countAll(at);
  }

  #count(place: string, ms: number): void {
    if (ms > this.#longest.ms) this.#longest = { place, ms };
  }

  #countAll(at: number): void {
    const groups = new Map<string, number>();
    for (const [place, { movedAt }] of this.#known) {
      const group = place.split('/')[0] ?? place;
      groups.set(group, Math.min(groups.get(group) ?? Infinity, at - movedAt));
    }
    this.#allSilentMs = Math.max(this.#allSilentMs, ...groups.values());
  }

  /** The longest silence of one partition, and of all partitions of a group at once, since it was last taken. */
  peekLongest(): Silence {
    return { ...this.#longest, wholeGroupMs: this.#allSilentMs };
  }

  /** The same, and counting begins anew. */
  takeLongest(): Silence {
    const longest = this.peekLongest();
    this.#longest = { place: 'none', ms: 0 };
    this.#allSilentMs = 0;
    return longest;
  }
}

/** Whether every partition has moved since, or has nothing to do. */
export const hasMovedOn = (before: Sample, now: Sample): boolean => {
  const committed = new Map(before.stands.map((stand) => [stand.place, stand.committed]));
  return now.stands.every(
    (stand) => stand.committed > (committed.get(stand.place) ?? -1n) || stand.committed >= stand.end,
  );
};

/** Records that are still to be worked on. */
export const lagOf = ({ stands }: Sample): bigint =>
  stands.reduce((sum, { committed, end }) => (end > committed ? sum + end - committed : sum), 0n);
