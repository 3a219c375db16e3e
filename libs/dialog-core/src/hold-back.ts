import type { Command, Delivery, Event, Timestamp, Trainee } from '@stopcovid/contracts';
import { hasBegunSomewhere, isBefore } from './instants';
import { runOf, type DialogState } from './state';

type Reason = Event<'DrillPostponed'>['reason'];

/** Why something cannot go out at this moment: it is too late for it, or the hours are the wrong ones. */
const timeAgainst = (
  delivery: Delivery | undefined,
  at: Timestamp,
): Extract<Reason, 'expired' | 'outsideWindow'> | undefined => {
  if (delivery === undefined) return undefined;
  if (isBefore(delivery.notAfter, at)) return 'expired';
  const isOpen = delivery.windows.some(({ opens, closes }) => !isBefore(at, opens) && isBefore(at, closes));
  return isOpen ? undefined : 'outsideWindow';
};

/**
 * Whether nothing proactive may reach a trainee. A pause up to a date is over as soon as that date may have come where
 * they are: who plans knows their zone, and sends nothing before it has.
 */
const isPaused = ({ schedulePaused }: Trainee, at: Timestamp): boolean =>
  schedulePaused !== undefined &&
  (schedulePaused.until === undefined || !hasBegunSomewhere(schedulePaused.until, at));

/** Orders that begin a run. */
export type Start = Command<'StartDrill'> | Command<'RepeatPrompts'>;

/** Whether only a schedule wants a start. */
export const isScheduled = (command: Start): boolean =>
  command.type === 'RepeatPrompts' || command.reason === 'scheduled';

/** Whether a start answers nobody, so that it is on record when it is held back. */
const isUnasked = (command: Start): boolean => isScheduled(command) || command.delivery !== undefined;

const isElsewhere = (state: DialogState, { expects }: Start): boolean =>
  expects !== undefined && expects.runId !== (runOf(state)?.runId ?? null);

/**
 * Why a start is held back for a reason of the trainee or of time, where it is. What they want comes first, then where
 * they are. Our own reasons, a budget or a queue, come after all of these.
 */
export const whyNotNow = (
  state: DialogState,
  command: Start,
  at: Timestamp,
): Exclude<Reason, 'budget' | 'congestion'> | undefined => {
  if (state.trainee.optedOut) return isUnasked(command) ? 'optedOut' : undefined;
  if (isScheduled(command) && isPaused(state.trainee, at)) return 'paused';
  return isElsewhere(state, command) ? 'busy' : timeAgainst(command.delivery, at);
};

const isStillWanted = ({ notAfter, windows }: Delivery, at: Timestamp): boolean =>
  !isBefore(notAfter, at) && windows.some(({ closes }) => isBefore(at, closes));

/** Whether a message may be handed on: out of hours it waits for its next window with whoever sends it. */
export const mayBeHandedOn = (
  { trainee }: DialogState,
  { delivery }: { readonly delivery: Delivery },
  at: Timestamp,
): boolean => !trainee.optedOut && !isPaused(trainee, at) && isStillWanted(delivery, at);

/** Whether something proactive that is no start may reach a trainee at this moment. */
export const mayReach = (
  { trainee }: DialogState,
  { delivery }: { readonly delivery?: Delivery | undefined },
  at: Timestamp,
): boolean => !trainee.optedOut && !isPaused(trainee, at) && timeAgainst(delivery, at) === undefined;
