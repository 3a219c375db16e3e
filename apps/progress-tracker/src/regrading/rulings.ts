/** What a person can say of a group of replies; `asJudged` takes back what was said before. */
export const rulingVerdicts = ['right', 'wrong', 'asJudged'] as const;
export type RulingVerdict = (typeof rulingVerdicts)[number];

/** What a person ruled on a group of replies. */
export type Ruling = {
  /** Of the request: the same one, sent again, is one ruling. */
  readonly id: string;
  /** The how many-th on its group, from 1, whoever ruled. */
  readonly number: number;
  readonly verdict: RulingVerdict;
  readonly by: string;
  /** It is on replies that were judged up to then. */
  readonly at: Date;
  readonly reason?: string;
  /** It is on replies in runs of these employers' trainees alone; on all where there is no limit. */
  readonly employers?: readonly string[];
};

/** A ruling that has no number yet. */
export type NewRuling = Omit<Ruling, 'number'>;

/** What people ruled on groups of replies. All methods throw when the store cannot be reached. */
export interface Rulings {
  /** All rulings on these groups, the first one first. Throws DocumentUnreadable. */
  of(groups: readonly string[]): Promise<ReadonlyMap<string, readonly Ruling[]>>;
  /** Puts a ruling on record, behind those on its group; answers what is on record under its id. Throws as `of`. */
  add(group: string, ruling: NewRuling): Promise<Ruling>;
}

/** The rulings with one more behind them; undefined where one of its id is among them. */
export const withRuling = (
  before: readonly Ruling[],
  ruling: NewRuling,
): readonly [...Ruling[], Ruling] | undefined =>
  before.some(({ id }) => id === ruling.id)
    ? undefined
    : [...before, { ...ruling, number: before.length + 1 }];

/** Rulings in memory: nothing survives a restart. */
export const inMemoryRulings = (): Rulings => {
  const kept = new Map<string, readonly Ruling[]>();
  return {
    of: (groups) =>
      Promise.resolve(
        new Map(groups.flatMap((group) => (kept.has(group) ? [[group, kept.get(group) ?? []]] : []))),
      ),
    add: (group, ruling) => {
      const before = kept.get(group) ?? [];
      const next = withRuling(before, ruling) ?? before;
      kept.set(group, next);
      return Promise.resolve(rulingOf(next, ruling));
    },
  };
};

/** The one of this id among them. */
export const rulingOf = (rulings: readonly Ruling[], { id }: NewRuling): Ruling => {
  const found = rulings.find((ruling) => ruling.id === id);
  if (found === undefined) throw new Error(`there is no ruling ${id}`);
  return found;
};
