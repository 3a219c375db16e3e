import { parseArgs } from 'node:util';

/** What can be measured. */
export const parts = ['throughput', 'latency', 'memory'] as const;
export type Part = (typeof parts)[number];

export type Options = {
  /** Webhooks per contestant and round. */
  readonly requests: number;
  readonly connections: number;
  readonly rounds: number;
  /** Forged webhooks of the memory run. */
  readonly forged: number;
  readonly only: readonly Part[];
};

export const usage =
  'npm run bench:ingress -- [--requests N] [--connections N] [--rounds N] [--forged N]\n' +
  `    [--only ${parts.join('|')}]`;

/** The command line cannot be understood; the message says how it should read. */
export class UsageError extends Error {}

const shape = {
  requests: { type: 'string', default: '30000' },
  connections: { type: 'string', default: '64' },
  rounds: { type: 'string', default: '3' },
  forged: { type: 'string', default: '1000000' },
  only: { type: 'string', multiple: true, default: [...parts] as string[] },
} as const;

const count = (name: string, text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new UsageError(`--${name} is ${text}.\n${usage}`);
  return value;
};

const parsed = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: shape }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : 'What?'}\n${usage}`);
  }
};

/** Reads the command line. Throws UsageError. */
export const optionsOf = (args: readonly string[]): Options => {
  const { only, ...counts } = parsed(args);
  const chosen = parts.filter((part) => only.includes(part));
  if (chosen.length !== new Set(only).size) throw new UsageError(`--only ${only.join(' ')}?\n${usage}`);
  return {
    requests: count('requests', counts.requests),
    connections: count('connections', counts.connections),
    rounds: count('rounds', counts.rounds),
    forged: count('forged', counts.forged),
    only: chosen,
  };
};
