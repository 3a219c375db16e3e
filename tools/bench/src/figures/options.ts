export const parts = ['questions', 'service', 'freshness', 'cost'] as const;

export type Options = {
  /** How many runs there are. */
  readonly runs: number;
  /** For how long events come while it is watched how soon buckets are counted anew. */
  readonly seconds: number;
  readonly eventsPerSecond: number;
  /** How often each side of the comparison of costs is measured. */
  readonly rounds: number;
  /** Of the database of its own; without it, as many runs as there are take it. */
  readonly databaseHeapMb?: number;
  readonly only: readonly (typeof parts)[number][];
};
