import { parseArgs } from 'node:util';

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
  'npm run bench:pipeline -- [--trainees N] [--commands N] [--rounds N]\n' +
  `    [--only ${parts.join('|')}] [--quick] [--profiles DIRECTORY] [--json FILE]`;

/** The command line cannot be understood; the message says how it should read. */
export class UsageError extends Error {}

const count = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new UsageError(`--${name} is ${text}.\n${usage}`);
  return value;
};

const partsOf = (names: readonly string[] | undefined): readonly Part[] => {
  if (names === undefined) return parts;
  const chosen = parts.filter((part) => names.includes(part));
  if (chosen.length !== new Set(names).size) throw new UsageError(`--only ${names.join(' ')}?\n${usage}`);
  return chosen;
};

const shape = {
  trainees: { type: 'string' },
  commands: { type: 'string' },
  rounds: { type: 'string' },
  only: { type: 'string', multiple: true },
  quick: { type: 'boolean' },
  profiles: { type: 'string' },
  json: { type: 'string' },
} as const;

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: shape }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : 'What?'}\n${usage}`);
  }
};

const full = { trainees: 20_000, commands: 20_000, memoryCommands: 300_000, rounds: 5 };
const small = { trainees: 2_000, commands: 4_000, memoryCommands: 30_000, rounds: 1 };

/** Reads the command line. Throws UsageError. */
export const optionsOf = (args: readonly string[]): Options => {
  const { quick = false, only, profiles, json, ...counts } = parsed(args);
  const usual = quick ? small : full;
  const commands = count('commands', counts.commands);
  return {
    trainees: count('trainees', counts.trainees) ?? usual.trainees,
    commands: commands ?? usual.commands,
    memoryCommands: commands ?? usual.memoryCommands,
    rounds: count('rounds', counts.rounds) ?? usual.rounds,
    only: partsOf(only),
    quick,
    ...(profiles !== undefined && { profiles }),
    ...(json !== undefined && { json }),
  };
};
