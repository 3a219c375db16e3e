import { createHash } from 'node:crypto';
import {
  commandIdSchema,
  type Command,
  type CommandId,
  type DialogCommand,
  type DialogEvent,
  type DrillSlug,
  type EventBatch,
  type EventType,
} from '@stopcovid/contracts';
import { nextDrill } from '@stopcovid/drills';
import type { TraineeProgress } from './evolve-progress';
import { offered, type Offer } from './offer';

type Reason = Command<'StartDrill'>['reason'];
type Envelope = Pick<DialogCommand, 'schemaVersion' | 'commandId' | 'phone' | 'at'>;

type Drills = readonly Pick<TraineeProgress['drills'][number], 'drill' | 'started' | 'completed'>[];

/** The next drill of the course: the first that was never started, else the first that was never completed. */
export const nextOf = (drills: Drills, offer: Offer): DrillSlug | undefined =>
  nextDrill(
    { ...offer, drills: offer.drills.filter((drill) => offered(offer, drill) !== undefined) },
    {
      started: new Set(drills.filter((progress) => progress.started > 0).map(({ drill }) => drill)),
      completed: new Set(drills.filter((progress) => progress.completed > 0).map(({ drill }) => drill)),
    },
  );

/** Whether none is left once this drill is done. */
export const isLast = (drills: Drills, drill: DrillSlug, offer: Offer): boolean =>
  nextOf([...drills, { drill, started: 1, completed: 1 }], offer) === undefined;

type Choice = {
  readonly next: () => DrillSlug | undefined;
  readonly named: (drill?: DrillSlug) => DrillSlug | undefined;
  readonly isLast: (drill: DrillSlug) => boolean;
};
type About = { readonly envelope: Envelope; readonly choice: Choice };

const start = ({ envelope, choice }: About, drill: DrillSlug, reason: Reason): DialogCommand => ({
  type: 'StartDrill',
  ...envelope,
  drill,
  reason,
  ...(choice.isLast(drill) && { last: true }),
});

const startNext = (about: About, drill: DrillSlug | undefined, reason: Reason): DialogCommand =>
  drill === undefined
    ? { type: 'SendMessage', ...about.envelope, notice: 'NoMoreDrills' }
    : start(about, drill, reason);

const followUp = (event: DialogEvent, about: About): DialogCommand | undefined => {
  const { next, named } = about.choice;
  switch (event.type) {
    case 'TraineeRegistered':
      return startNext(about, next(), 'registered');
    case 'NextDrillRequested':
      return startNext(about, next(), 'requested');
    case 'DrillRequested':
      return startNext(about, named(event.drill) ?? next(), 'requested');
    case 'DrillCompleted': {
      const drill = event.autoContinue ? next() : undefined;
      return drill === undefined ? undefined : start(about, drill, 'continued');
    }
    default:
      return undefined;
  }
};

/* Ids are logged in full, so the phone is in it only as part of a hash. */
const followUpId = ({ phone, version }: EventBatch, type: EventType): CommandId => {
  const hash = createHash('sha256').update(`${phone}:${version}:${type}`).digest('hex');
  return commandIdSchema.parse(`follow-up:${hash.slice(0, 32)}`);
};

/**
 * The commands that a batch calls for: the first drill on registration, the next one on request, or word that there
 * are none left. Their ids derive from the batch and the kind of event, so producing them twice starts nothing twice,
 * and a reader that knows more kinds of events gives them the same ids.
 */
export const followUps = (
  batch: EventBatch,
  progress: TraineeProgress,
  offer: Offer,
): readonly DialogCommand[] =>
  batch.events.flatMap((event) => {
    const commandId = followUpId(batch, event.type);
    const envelope: Envelope = { schemaVersion: 1, commandId, phone: batch.phone, at: batch.at };
    const choice: Choice = {
      next: () => nextOf(progress.drills, offer),
      named: (drill) => offered(offer, drill),
      isLast: (drill) => isLast(progress.drills, drill, offer),
    };
    return followUp(event, { envelope, choice }) ?? [];
  });
