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

/** Reads the command line. Throws UsageError. */
export const optionsOf = (args: readonly string[]): Options => {
  const values = parsed(args);
  const quick = values.quick ?? false;
  const commands = count('commands', values.commands);
  return {
    trainees: count('trainees', values.trainees) ?? (quick ? 2_000 : 20_000),
    commands: commands ?? (quick ? 4_000 : 20_000),
    memoryCommands: commands ?? (quick ? 30_000 : 300_000),
    rounds: count('rounds', values.rounds) ?? (quick ? 1 : 5),
    only: partsOf(values.only),
    quick,
    ...(values.profiles !== undefined && { profiles: values.profiles }),
    ...(values.json !== undefined && { json: values.json }),
  };
};
