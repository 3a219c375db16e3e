import { parseArgs } from 'node:util';
import { mutations, type MutationName } from './mutations';

export type Wanted = {
  readonly seed: number;
  readonly runs: number;
  readonly mutation?: MutationName;
  readonly verbose: boolean;
  /** Breaks one rule after the other, instead of playing sound runs. */
  readonly everyMutation: boolean;
};

export const usage = `npm run faults -- simulated [--seed N] [--runs M] [--mutation NAME] [--verbose]
                         npm run faults -- simulated --every-mutation

Plays M runs (10,000 unless --seed is given, then one) of the services over a log and stores in memory, each with the
faults of its seed, and checks what is left behind. --every-mutation wants each broken protocol caught within 150 runs.
--verbose prints what happened in the run of one seed. --mutation
breaks one rule on purpose:
${Object.keys(mutations)
  .map((name) => `  '${name}'`)
  .join('\n')}
`;

const wholeNumber = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text))
    throw new Error(`--${name} takes a whole number of at most nine digits, not '${text}'`);
  return Number(text);
};

const mutationNamed = (name: string | undefined): { mutation?: MutationName } => {
  if (name === undefined) return {};
  if (!isMutation(name)) throw new Error(`there is no mutation '${name}'`);
  return { mutation: name };
};

const isMutation = (name: string): name is MutationName => Object.hasOwn(mutations, name);

/** Reads the command line; throws with a sentence for whoever typed it. `undefined` asks for help. */
export const readArguments = (args: readonly string[]): Wanted | undefined => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string' },
      runs: { type: 'string' },
      mutation: { type: 'string' },
      verbose: { type: 'boolean', default: false },
      'every-mutation': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const seed = wholeNumber('seed', values.seed);
  const runs = wholeNumber('runs', values.runs) ?? (seed === undefined ? 10_000 : 1);
  if (runs === 0) throw new Error('--runs takes at least 1: nothing played proves nothing');
  if (values.verbose && runs > 1) throw new Error('--verbose shows one run: give its --seed, without --runs');
  return {
    seed: seed ?? 1,
    runs,
    verbose: values.verbose,
    everyMutation: values['every-mutation'],
    ...mutationNamed(values.mutation),
  };
};
