/** A stretch of time in milliseconds since 1970; its end no longer belongs to it. */
export type Stretch = { readonly from: number; readonly to: number };

/** What a reading gives for one stretch. */
export type Reading<T> = {
  /** Each item of the range is here once, whatever order the source keeps. */
  readonly fresh: readonly T[];
  /** The fresh ones among their neighbours, for comparing. */
  readonly around: readonly T[];
};

export type ReadingSettings<T> = {
  readonly pages: AsyncIterable<readonly T[]>;
  /** In milliseconds since 1970. */
  readonly atOf: (item: T) => number;
  readonly range: Stretch;
  /** How far the neighbours reach on either side, in milliseconds. */
  readonly overlapMs: number;
};

const isWithin = (at: number, { from, to }: Stretch): boolean => at >= from && at < to;

/**
 * Reads a source that gives its newest items first, stretch by stretch, each earlier than the one before, and holds no
 * more of it than a stretch with its neighbours and a page.
 */
export const newestFirst = <T>({ pages, atOf, range, overlapMs }: ReadingSettings<T>) => {
  const source = pages[Symbol.asyncIterator]();
  let held: { readonly item: T; readonly given: boolean }[] = [];
  let ended = false;

  const readBackTo = async (from: number): Promise<void> => {
    for (let oldest = Infinity; !ended && oldest >= from;) {
      const next = await source.next();
      if (next.done) ended = true;
      else for (const item of next.value) held.push({ item, given: false });
      const last = held.at(-1);
      oldest = last === undefined ? Infinity : atOf(last.item);
    }
  };

  return async ({ from }: Pick<Stretch, 'from'>): Promise<Reading<T>> => {
    const last = held.at(-1);
    if (last === undefined || atOf(last.item) >= from - overlapMs) await readBackTo(from - overlapMs);
    const isFresh = (at: number, given: boolean): boolean => !given && at >= from && isWithin(at, range);
    const fresh = held.flatMap(({ item, given }) => (isFresh(atOf(item), given) ? [item] : []));
    /* What comes late, in a source that is not quite in order, may lack neighbours, but is not left out. */
    const around = held.map(({ item }) => item).filter((item) => atOf(item) >= from - overlapMs);
    held = held
      .map(({ item, given }) => ({ item, given: given || atOf(item) >= from }))
      .filter(({ item, given }) => !given || atOf(item) < from + overlapMs);
    return { fresh, around };
  };
};
