export const parts = ['planning', 'due', 'lateness', 'spread', 'import'] as const;

export type Options = {
  /** How many are due at once. */
  readonly trainees: number;
  readonly idleSeconds: number;
  readonly latePhones: number;
  /** How many are due at one time with a spread of an hour. */
  readonly spread: number;
  readonly rows: number;
  readonly only: readonly (typeof parts)[number][];
};
