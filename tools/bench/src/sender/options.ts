import { chosenOf, countsWith, flagsIn } from '../kit';

/** What can be measured. */
export const parts = ['rate', 'pace', 'memory'] as const;
export type Part = (typeof parts)[number];

export type Options = {
  /** Phones of each part. */
  readonly phones: number;
  /** Texts to each phone. */
  readonly texts: number;
  /** Between the texts of one phone in the part `pace`, in milliseconds. */
  readonly pauseMs: number;
  /** The account's messages per second in the part `pace`. */
  readonly perSecond: number;
  /** Texts in all in the part `memory`. */
  readonly total: number;
  readonly only: readonly Part[];
};

export const usage =
  'npm run bench -- sender [--phones N] [--texts N] [--pause MS] [--per-second N] [--total N]\n' +
  `    [--only ${parts.join('|')}]`;

const shape = {
  phones: { type: 'string', default: '10000' },
  texts: { type: 'string', default: '3' },
  pause: { type: 'string', default: '3000' },
  'per-second': { type: 'string', default: '500' },
  total: { type: 'string', default: '200000' },
  only: { type: 'string', multiple: true, default: [...parts] as string[] },
} as const;

const count = countsWith(usage);

/** Reads the command line. Throws UsageError. */
export const optionsOf = (args: readonly string[]): Options => {
  const values = flagsIn(args, shape, usage);
  return {
    phones: count('phones', values.phones),
    texts: count('texts', values.texts),
    pauseMs: count('pause', values.pause),
    perSecond: count('per-second', values['per-second']),
    total: count('total', values.total),
    only: chosenOf(parts, values.only, usage),
  };
};
