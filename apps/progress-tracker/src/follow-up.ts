import {
  commandIdSchema,
  type Command,
  type DialogCommand,
  type DialogEvent,
  type DrillSlug,
  type EventBatch,
} from '@stopcovid/contracts';
import { nextDrill, type Course } from '@stopcovid/drills';
import type { TraineeProgress } from './trainee-progress';

type Reason = Command<'StartDrill'>['reason'];
type Envelope = Pick<DialogCommand, 'schemaVersion' | 'commandId' | 'phone' | 'at'>;

/** The next drill of the course: the first that was never started, else the first that was never completed. */
const upNext = ({ drills }: TraineeProgress, course: Course): DrillSlug | undefined =>
  nextDrill(course, {
    started: new Set(drills.filter((progress) => progress.started > 0).map(({ drill }) => drill)),
    completed: new Set(drills.filter((progress) => progress.completed > 0).map(({ drill }) => drill)),
  });

const start = (envelope: Envelope, drill: DrillSlug, reason: Reason): DialogCommand => ({
  type: 'StartDrill',
  ...envelope,
  drill,
  reason,
});

const startNext = (envelope: Envelope, drill: DrillSlug | undefined, reason: Reason): DialogCommand =>
  drill === undefined
    ? { type: 'SendMessage', ...envelope, notice: 'NoMoreDrills' }
    : start(envelope, drill, reason);

const followUp = (
  event: DialogEvent,
  envelope: Envelope,
  next: () => DrillSlug | undefined,
): DialogCommand | undefined => {
  switch (event.type) {
    case 'TraineeRegistered':
      return startNext(envelope, next(), 'registered');
    case 'NextDrillRequested':
      return startNext(envelope, next(), 'requested');
    case 'DrillRequested':
      return startNext(envelope, event.drill ?? next(), 'requested');
    case 'DrillCompleted': {
      const drill = event.autoContinue ? next() : undefined;
      return drill === undefined ? undefined : start(envelope, drill, 'continued');
    }
    default:
      return undefined;
  }
};

/**
 * The commands that a batch calls for: the first drill on registration, the next one on request, or word that there
 * are none left. Their ids derive from the batch, so producing them twice starts nothing twice.
 */
export const followUps = (
  batch: EventBatch,
  progress: TraineeProgress,
  course: Course,
): readonly DialogCommand[] =>
  batch.events.flatMap((event, index) => {
    const commandId = commandIdSchema.parse(`follow-up:${batch.phone}:${batch.version}:${index}`);
    const envelope: Envelope = { schemaVersion: 1, commandId, phone: batch.phone, at: batch.at };
    return followUp(event, envelope, () => upNext(progress, course)) ?? [];
  });
