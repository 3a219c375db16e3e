import type { DialogEvent, DrillRunId, DrillSlug, EventBatch, Phone, Trainee } from '@stopcovid/contracts';
import type { Position } from '@stopcovid/projections';
import { erases } from '../erasure/erasure';

/** How far a trainee is with one drill, in runs since the present registration. */
export type DrillProgress = {
  readonly drill: DrillSlug;
  readonly started: number;
  readonly completed: number;
};

/**
 * Where a trainee stands, as the tracker keeps it. `version`, `partition` and `offset` are those of the last batch
 * that it includes. Its size is bounded by the number of drills, not by the trainee's history.
 */
export type TraineeProgress = {
  readonly phone: Phone;
  readonly version: number;
  readonly partition: number;
  readonly offset: string;
  readonly trainee: Trainee;
  readonly firstSeenAt: Date;
  /** The last time that the trainee texted us; what we sent does not count. */
  readonly lastHeardAt?: Date;
  /** The batch of the present registration. */
  readonly registeredVersion?: number;
  readonly runningId?: DrillRunId;
  readonly drills: readonly DrillProgress[];
  /** Nothing but the phone is known since then; `null` once something has happened to it again. */
  readonly erasedAt?: Date | null;
};

type Standing = Pick<TraineeProgress, 'drills' | 'registeredVersion' | 'runningId'>;

type Added = { readonly started?: number; readonly completed?: number };

const plus = (before: DrillProgress, { started = 0, completed = 0 }: Added): DrillProgress => ({
  drill: before.drill,
  started: Math.max(0, before.started + started),
  completed: before.completed + completed,
});

const counted = (drills: Standing['drills'], drill: DrillSlug, added: Added): Standing['drills'] =>
  drills.some((progress) => progress.drill === drill)
    ? drills.map((progress) => (progress.drill === drill ? plus(progress, added) : progress))
    : [...drills, plus({ drill, started: 0, completed: 0 }, added)];

const idle = ({ runningId: _ended, ...standing }: Standing): Standing => standing;

const ended = (standing: Standing, runId: DrillRunId): Standing =>
  standing.runningId === runId ? idle(standing) : standing;

/** What a run adds to its drill. One of repeats alone is no run of the drill that it bears the name of. */
const inRun = (
  { drills }: Standing,
  { drill, repeatsOnly }: { readonly drill: DrillSlug; readonly repeatsOnly?: true | undefined },
  added: Added,
): Standing['drills'] => (repeatsOnly ? drills : counted(drills, drill, added));

/** A new registration starts the course afresh; an opt-out gives back the start of the drill that it cut off. */
const evolveStanding = (standing: Standing, event: DialogEvent, version: number): Standing => {
  switch (event.type) {
    case 'TraineeRegistered':
      return { ...idle(standing), drills: [], registeredVersion: version };
    case 'DrillStarted':
      return { ...standing, runningId: event.runId, drills: inRun(standing, event, { started: 1 }) };
    case 'DrillCompleted':
      return { ...ended(standing, event.runId), drills: inRun(standing, event, { completed: 1 }) };
    case 'DrillAbandoned':
      return event.reason === 'optedOut'
        ? { ...ended(standing, event.runId), drills: inRun(standing, event, { started: -1 }) }
        : ended(standing, event.runId);
    default:
      return standing;
  }
};

const heardAt = (before: TraineeProgress | undefined, batch: EventBatch): { lastHeardAt?: Date } => {
  if (batch.commandType === 'ReceiveSms') return { lastHeardAt: new Date(batch.at) };
  return before?.lastHeardAt === undefined ? {} : { lastHeardAt: before.lastHeardAt };
};

const erasedAtAfter = (
  before: TraineeProgress | undefined,
  batch: EventBatch,
): Pick<TraineeProgress, 'erasedAt'> => {
  if (erases(batch)) return { erasedAt: new Date(batch.at) };
  return before?.erasedAt === undefined ? {} : { erasedAt: null };
};

/** Where the trainee stands after a batch that follows the last one included. */
export const evolveProgress = (
  before: TraineeProgress | undefined,
  batch: EventBatch,
  position: Position,
): TraineeProgress => {
  const kept = erases(batch) ? undefined : before;
  const standing = batch.events.reduce<Standing>(
    (sofar, event) => evolveStanding(sofar, event, batch.version),
    kept ?? { drills: [] },
  );
  return {
    phone: batch.phone,
    version: batch.version,
    ...position,
    trainee: batch.trainee,
    firstSeenAt: kept?.firstSeenAt ?? new Date(batch.at),
    ...heardAt(kept, batch),
    ...pickStanding(standing),
    ...erasedAtAfter(before, batch),
  };
};

const pickStanding = ({ drills, registeredVersion, runningId }: Standing): Standing => ({
  drills,
  ...(registeredVersion === undefined ? {} : { registeredVersion }),
  ...(runningId === undefined ? {} : { runningId }),
});
