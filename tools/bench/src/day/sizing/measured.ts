import type { Figures } from './constants';
import provisional from './runs/provisional.json';

/** A day that sizing goes by, and where its figures come from. */
export type Measured = { readonly from: string; readonly figures: Figures };

/**
 * The days that were played, each a file as `npm run bench -- day --json` prints it. One more is a file in `runs/` and a
 * line here; `npm run docs` writes the page anew. The first that a quiet machine plays takes the provisional one's place.
 */
export const measured: readonly Measured[] = [
  {
    from: 'provisional, no day: CPU by the system at 104 texts a second, memory by a day of 60 on a busy machine, bytes by the samples of records and documents, texts of a drill by hand',
    figures: provisional,
  },
];
