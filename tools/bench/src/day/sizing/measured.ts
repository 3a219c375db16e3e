import type { Figures } from './constants';
import tenThousand from './runs/10000.json';
import tenThousandOfTwo from './runs/10000x2.json';
import hundredThousand from './runs/100000.json';
import hundredThousandOfTwo from './runs/100000x2.json';
import thousand from './runs/1000.json';
import thousandOfTwo from './runs/1000x2.json';

/** A day that sizing goes by, and where its figures come from. */
export type Measured = { readonly from: string; readonly figures: Figures };

/**
 * The days that were played, each a file as `npm run bench -- day --json` prints it. One more is a file in `runs/` and a
 * line here; `npm run docs` writes the page anew.
 */
export const measured: readonly Measured[] = [
  { from: 'two cores with nothing beside, Node 20.20.2', figures: thousand },
  { from: 'the same', figures: tenThousand },
  { from: 'the same, with `SMS_BACKLOG_LIMIT=0`', figures: hundredThousand },
  { from: 'the same', figures: thousandOfTwo },
  { from: 'the same', figures: tenThousandOfTwo },
  { from: 'the same', figures: hundredThousandOfTwo },
];
