import { chosenOf, countsWith, flagsIn } from '../kit';

/** The parts of the benchmark, in the order in which they run. */
export const parts = ['throughput', 'latency', 'growth', 'history', 'memory'] as const;
export type Part = (typeof parts)[number];

export type Options = {
  readonly trainees: number;
  /** Commands per contestant and round. */
  readonly commands: number;
  /** Commands of the memory run. */
  readonly memoryCommands: number;
  readonly rounds: number;
  readonly only: readonly Part[];
  readonly quick: boolean;
  /** A folder for CPU profiles of our engine. */
  readonly profiles?: string;
  readonly json?: string;
};

export const usage =
  'npm run bench -- pipeline [--trainees N] [--commands N] [--rounds N]\n' +
  `    [--only ${parts.join('|')}] [--quick] [--profiles DIRECTORY] [--json FILE]`;

const counted = countsWith(usage);
const count = (name: string, text: string | undefined): number | undefined =>
  text === undefined ? undefined : counted(name, text);

const shape = {
  trainees: { type: 'string' },
  commands: { type: 'string' },
  rounds: { type: 'string' },
  only: { type: 'string', multiple: true },
  quick: { type: 'boolean' },
  profiles: { type: 'string' },
  json: { type: 'string' },
} as const;

const full = { trainees: 20_000, commands: 20_000, memoryCommands: 300_000, rounds: 5 };
const small = { trainees: 2_000, commands: 4_000, memoryCommands: 30_000, rounds: 1 };

/** Reads the command line. Throws UsageError. */
export const optionsOf = (args: readonly string[]): Options => {
  const { quick = false, only, profiles, json, ...counts } = flagsIn(args, shape, usage);
  const usual = quick ? small : full;
  const commands = count('commands', counts.commands);
  return {
    trainees: count('trainees', counts.trainees) ?? usual.trainees,
    commands: commands ?? usual.commands,
    memoryCommands: commands ?? usual.memoryCommands,
    rounds: count('rounds', counts.rounds) ?? usual.rounds,
    only: only === undefined ? parts : chosenOf(parts, only, usage),
    quick,
    ...(profiles !== undefined && { profiles }),
    ...(json !== undefined && { json }),
  };
};
