import type { DialogCommand, EventBatch, Phone } from '@stopcovid/contracts';
import {
  foldPhone,
  type Arrival,
  type Arrivals,
  type Change,
  type Gap as FoldedGap,
  type Position,
} from '@stopcovid/projections';
import { groupBy } from '@stopcovid/runtime';
import type { DrillRun } from './drill-run';
import type { TraineeProgress } from './evolve-progress';
import { followUps } from './follow-up';
import type { Offer } from './offer';
import { documentsIn, progressFold, progressOf, type PhoneProgress } from './phone-progress';
import type { KnownProgress, Projected } from './progress-store';

/** A batch and where it was read; `index` is its place among the records at hand. */
export type ReadBatch = { readonly index: number; readonly batch: EventBatch; readonly position: Position };

/**
 * A phone whose next batch is missing: `after` is the last version that we have, read at `last`, and `found` the one
 * that came.
 */
export type Gap = {
  readonly phone: Phone;
  readonly after: number;
  readonly last?: Position;
  readonly found: number;
};

/** What some batches change, not yet written anywhere. */
export type Folded = {
  readonly trainees: readonly Projected<TraineeProgress>[];
  readonly runs: readonly Projected<DrillRun>[];
  readonly commands: readonly DialogCommand[];
  readonly gaps: readonly Gap[];
};

/** The commands that follow from the batches of a change, in their order. */
export const commandsIn = (
  { included }: Pick<Change<PhoneProgress>, 'included'>,
  offer: Offer,
): readonly DialogCommand[] =>
  included.flatMap(({ arrival, after }) =>
    after.trainee === undefined ? [] : followUps(arrival.batch, after.trainee, offer),
  );

const byPhone = (batches: readonly ReadBatch[]): Arrivals =>
  groupBy(
    batches.map(({ batch, position }): Arrival => ({ batch: { ...batch, unknownEvents: [] }, position })),
    ({ batch }) => batch.phone,
  );

const withoutOffset = ({ foundAt: _offset, ...gap }: FoldedGap): Omit<Gap, 'phone'> => gap;

const fold = progressFold([]);

/** Folds batches, in their order, onto what is known. A phone with a gap stays as it was before the gap. */
export const foldBatches = (known: KnownProgress, batches: readonly ReadBatch[], offer: Offer): Folded => {
  const phones = [...byPhone(batches)].map(([phone, arrivals]) => {
    const read = progressOf(known, { phone, arrivals });
    const before = read.kind === 'readable' ? read.value : undefined;
    return { phone, before, folded: foldPhone(fold, before, arrivals) };
  });
  const changes = phones.flatMap(({ phone, before, folded: { next, included } }) =>
    next === undefined || included.length === 0 ? [] : [{ phone, before, next, included }],
  );
  const documents = changes.map(documentsIn);
  return {
    trainees: documents.flatMap(({ trainees }) => trainees),
    runs: documents.flatMap(({ runs }) => runs),
    commands: changes.flatMap((change) => commandsIn(change, offer)),
    gaps: phones.flatMap(({ phone, folded: { gap } }): readonly Gap[] => {
      if (gap === undefined) return [];
      return [{ phone, ...withoutOffset(gap) }];
    }),
  };
};
