import type { DrillRun } from '../progress/drill-run';
import type { JudgedReply } from '../progress/judged-reply';
import type { RatingCounts } from './run-figures';

type Rating = NonNullable<JudgedReply['rating']>;

/** A whole scale, or a score of 1, in points. */
export const fullPoints = 10_000;

const pointsOf = ({ value, least, most }: Rating): number =>
  most > least ? Math.round((fullPoints * (value - least)) / (most - least)) : 0;

/** What a run adds to the ratings: the first answer to each, of the prompts of its own drill. */
export const ratingsOf = ({ replies = [] }: DrillRun): RatingCounts => {
  const said = (what: Rating['asks']): number | undefined => {
    const first = replies.find(({ rating, repeatOf }) => repeatOf === undefined && rating?.asks === what);
    return first?.rating && pointsOf(first.rating);
  };
  const [before, after, satisfaction] = [
    said('confidence-before'),
    said('confidence-after'),
    said('satisfaction'),
  ];
  const pair = before === undefined || after === undefined ? undefined : { before, after };
  return {
    pairs: Number(pair !== undefined),
    before: pair?.before ?? 0,
    after: pair?.after ?? 0,
    satisfied: Number(satisfaction !== undefined),
    satisfaction: satisfaction ?? 0,
  };
};

/** Fewer say nothing of the others, and too much of themselves. */
const fewest = 10;

const meanOf = (points: number, of: number): number | null =>
  of < fewest ? null : points / (of * fullPoints);

/** Means are of the scale, 0 to 1, and `null` below ten. `lift` is how much surer the same people were after it. */
export type Ratings = {
  readonly confidence: {
    readonly pairs: number;
    readonly before: number | null;
    readonly after: number | null;
    readonly lift: number | null;
  };
  readonly satisfaction: { readonly of: number; readonly mean: number | null };
};

/** What these counts say of confidence and satisfaction. */
export const ratingsIn = ({ pairs, before, after, satisfied, satisfaction }: RatingCounts): Ratings => ({
  confidence: {
    pairs,
    before: meanOf(before, pairs),
    after: meanOf(after, pairs),
    lift: meanOf(after - before, pairs),
  },
  satisfaction: { of: satisfied, mean: meanOf(satisfaction, satisfied) },
});
