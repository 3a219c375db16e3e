/** What can be measured. */
export const parts = ['throughput', 'latency', 'trickle', 'memory'] as const;

export type Options = {
  readonly requests: number;
  readonly connections: number;
  readonly rounds: number;
  readonly forged: number;
  readonly only: readonly (typeof parts)[number][];
};
