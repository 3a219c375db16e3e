import { mayBegin, orderOf, type DecodedBatch } from '@stopcovid/contracts';
import type { Arrival, Change, Fold, Position, Reached } from './fold';

/** A missing batch: `after` is the last version that there is, and `found` came instead of the next, at `foundAt`. */
export type Gap = {
  readonly after: number;
  readonly last?: Position;
  readonly found: number;
  readonly foundAt: string;
};

/** What a phone's batches came to. `next` is the very document that was known when nothing has changed. */
export type FoldedPhone<D> = {
  readonly next: D | undefined;
  readonly included: Change<D>['included'];
  readonly gap?: Gap;
};

const begun: Reached = { version: 0 };

/** How far a phone has come; 0 when there is no document. */
export const reachedBy = <D>(fold: Fold<D>, document: D | undefined): Reached =>
  document === undefined ? begun : fold.reached(document);

const gapOf = ({ version, position }: Reached, arrival: Arrival): Gap => ({
  after: version,
  ...(position === undefined ? {} : { last: position }),
  found: arrival.batch.version,
  foundAt: arrival.position.offset,
});

/** A batch that passed by and still lies ahead, once all at hand were tried. It is looked for from before it came. */
const stillOpen = (gap: Gap | undefined, { version }: Reached): { readonly gap?: Gap } =>
  gap === undefined || gap.found <= version ? {} : { gap: { ...gap, after: version } };

/* A log that was copied without the erased begins with their erasure. */
const orderAfter = ({ version }: Reached, batch: DecodedBatch): ReturnType<typeof orderOf> =>
  version === 0 && mayBegin(batch) ? 'next' : orderOf(version, batch.version);

/** Includes a phone's batches in their order. What comes too early is glimpsed only. */
export const foldPhone = <D>(
  fold: Fold<D>,
  document: D | undefined,
  arrivals: readonly Arrival[],
): FoldedPhone<D> => {
  let next = document;
  let gap: Gap | undefined;
  const included: Change<D>['included'][number][] = [];
  for (const arrival of arrivals) {
    const reached = reachedBy(fold, next);
    const order = orderAfter(reached, arrival.batch);
    if (order === 'seen') continue;
    if (order === 'next') {
      const after = fold.include(next, arrival);
      included.push({ arrival, after });
      next = after;
      continue;
    }
    if (gap === undefined || gap.found <= reached.version) gap = gapOf(reached, arrival);
    next = fold.glimpse?.(next, arrival) ?? next;
  }
  return { next, included, ...stillOpen(gap, reachedBy(fold, next)) };
};
