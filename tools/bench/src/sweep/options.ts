import { countsWith, flagsIn } from '../kit';

export type Options = {
  /** Texts that came in during the outage. */
  readonly texts: number;
  /** How many phones wrote them, in turn. */
  readonly phones: number;
  /** How long the carrier takes for each page of its list, in milliseconds. */
  readonly pageMs: number;
};

export const usage = 'npm run bench -- sweep [--texts N] [--phones N] [--page-ms MS]';

const shape = {
  texts: { type: 'string', default: '360000' },
  phones: { type: 'string', default: '20000' },
  'page-ms': { type: 'string', default: '0' },
} as const;

/** What the emulator's crowd and its list allow. */
const mostPhones = 78_000;
const longestPageMs = 20_000;

const count = countsWith(usage);

/** Reads the command line. Throws UsageError. */
export const optionsOf = (args: readonly string[]): Options => {
  const values = flagsIn(args, shape, usage);
  return {
    texts: count('texts', values.texts, [1, 2_000_000]),
    phones: count('phones', values.phones, [1, mostPhones]),
    pageMs: count('page-ms', values['page-ms'], [0, longestPageMs]),
  };
};
