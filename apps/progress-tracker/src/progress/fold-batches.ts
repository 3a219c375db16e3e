import {
  orderOf,
  type DialogCommand,
  type DrillRunId,
  type EventBatch,
  type Phone,
} from '@stopcovid/contracts';
import { evolveRun, runIdOf, type DrillRun } from './drill-run';
import { followUps } from './follow-up';
import type { Offer } from './offer';
import type { KnownProgress, Projected } from './progress-store';
import { evolveProgress, type Position, type TraineeProgress } from './evolve-progress';

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

type Draft = {
  readonly trainees: Map<Phone, TraineeProgress>;
  readonly runs: Map<DrillRunId, DrillRun>;
  readonly commands: DialogCommand[];
  readonly gaps: Map<Phone, Gap>;
};

/** The runs that some batches speak of. */
export const runIdsIn = (batches: readonly ReadBatch[]): readonly DrillRunId[] => [
  ...new Set(batches.flatMap(({ batch }) => batch.events.flatMap((event) => runIdOf(event) ?? []))),
];

const foldRuns = (draft: Draft, known: KnownProgress, batch: EventBatch): void => {
  for (const event of batch.events) {
    const runId = runIdOf(event);
    if (runId === undefined) continue;
    const before = draft.runs.get(runId) ?? known.runs.get(runId);
    /* A run that already includes this batch was written before a crash; the trainee was not. */
    if (before !== undefined && before === known.runs.get(runId) && before.version >= batch.version) continue;
    const after = evolveRun(before, { event, batch, at: new Date(batch.at) });
    if (after !== undefined) draft.runs.set(runId, after);
  }
};

const gapOf = ({ phone, version }: EventBatch, before: TraineeProgress | undefined): Gap => {
  if (before === undefined) return { phone, after: 0, found: version };
  const { partition, offset } = before;
  return { phone, after: before.version, last: { partition, offset }, found: version };
};

const foldOne = (
  draft: Draft,
  known: KnownProgress,
  { read, offer }: { read: ReadBatch; offer: Offer },
): void => {
  const { batch, position } = read;
  const before = draft.trainees.get(batch.phone) ?? known.trainees.get(batch.phone);
  const order = orderOf(before?.version ?? 0, batch.version);
  if (order === 'seen' || draft.gaps.has(batch.phone)) return;
  if (order === 'gap') {
    draft.gaps.set(batch.phone, gapOf(batch, before));
    return;
  }
  const after = evolveProgress(before, batch, position);
  draft.trainees.set(batch.phone, after);
  foldRuns(draft, known, batch);
  draft.commands.push(...followUps(batch, after, offer));
};

type Read = Pick<Projected<unknown>, 'readVersion' | 'readMark'>;

const readOf = (known: KnownProgress, id: Phone | DrillRunId, version: number | undefined): Read => {
  const readMark = known.marks?.get(id);
  return { readVersion: version ?? 0, ...(readMark === undefined ? {} : { readMark }) };
};

/** Folds batches, in their order, onto what is known. A phone with a gap stays as it was before the gap. */
export const foldBatches = (known: KnownProgress, batches: readonly ReadBatch[], offer: Offer): Folded => {
  const draft: Draft = { trainees: new Map(), runs: new Map(), commands: [], gaps: new Map() };
  for (const read of batches) foldOne(draft, known, { read, offer });
  return {
    trainees: [...draft.trainees.values()].map((next) => ({
      next,
      ...readOf(known, next.phone, known.trainees.get(next.phone)?.version),
    })),
    runs: [...draft.runs.values()].map((next) => ({
      next,
      ...readOf(known, next.runId, known.runs.get(next.runId)?.version),
    })),
    commands: draft.commands,
    gaps: [...draft.gaps.values()],
  };
};
