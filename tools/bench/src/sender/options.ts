/** What can be measured. */
export const parts = ['rate', 'pace', 'memory'] as const;
export type Part = (typeof parts)[number];

export type Options = {
  readonly phones: number;
  /** Texts to each phone. */
  readonly texts: number;
  /** Between the texts of one phone in the part `pace`, in milliseconds. */
  readonly pauseMs: number;
  readonly perSecond: number;
  readonly total: number;
  readonly only: readonly Part[];
};
