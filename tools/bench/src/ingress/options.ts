import { chosenOf, countsWith, flagsIn } from '../kit';

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
  'npm run bench -- ingress [--requests N] [--connections N] [--rounds N] [--forged N]\n' +
  `    [--only ${parts.join('|')}]`;

const shape = {
  requests: { type: 'string', default: '30000' },
  connections: { type: 'string', default: '64' },
  rounds: { type: 'string', default: '3' },
  forged: { type: 'string', default: '1000000' },
  only: { type: 'string', multiple: true, default: [...parts] as string[] },
} as const;

const count = countsWith(usage);

/** Reads the command line. Throws UsageError. */
export const optionsOf = (args: readonly string[]): Options => {
  const { only, ...counts } = flagsIn(args, shape, usage);
  return {
    requests: count('requests', counts.requests),
    connections: count('connections', counts.connections),
    rounds: count('rounds', counts.rounds),
    forged: count('forged', counts.forged),
    only: chosenOf(parts, only, usage),
  };
};
