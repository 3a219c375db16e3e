/** The parts of the benchmark, in the order in which they run. */
export const parts = ['throughput', 'latency', 'growth', 'history', 'memory'] as const;

export type Options = {
  readonly trainees: number;
  /** Commands per contestant and round. */
  readonly commands: number;
  /** Commands of the memory run. */
  readonly memoryCommands: number;
  readonly rounds: number;
  readonly only: readonly (typeof parts)[number][];
  readonly quick: boolean;
  /** A folder for CPU profiles of our engine. */
  readonly profiles?: string;
  readonly json?: string;
};

const full = { trainees: 20_000, commands: 20_000, memoryCommands: 300_000, rounds: 5 };
const small = { trainees: 2_000, commands: 4_000, memoryCommands: 30_000, rounds: 1 };

/** What can be typed. */
export type Typed = Partial<Omit<Options, 'memoryCommands'>> & Pick<Options, 'only'>;

/** What was typed, and the usual sizes of the form for the rest. */
export const sized = ({ quick = false, ...typed }: Typed): Options => ({
  ...(quick ? small : full),
  ...(typed.commands !== undefined && { memoryCommands: typed.commands }),
  ...typed,
  quick,
});
