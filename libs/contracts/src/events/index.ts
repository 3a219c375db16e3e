import { z } from 'zod';
import { channelChanged } from './channel-changed';
import { demoRequested } from './demo-requested';
import { drillAbandoned } from './drill-abandoned';
import { drillCompleted } from './drill-completed';
import { drillDeferred } from './drill-deferred';
import { drillPostponed } from './drill-postponed';
import { drillRequested } from './drill-requested';
import { drillStarted } from './drill-started';
import { helpRequested } from './help-requested';
import { infoRequested } from './info-requested';
import { menuRequested } from './menu-requested';
import { messageRequested } from './message-requested';
import { nextDrillRequested } from './next-drill-requested';
import { optOutDeclined } from './opt-out-declined';
import { optOutQuestioned } from './opt-out-questioned';
import { promptAdvanced } from './prompt-advanced';
import { promptCompleted } from './prompt-completed';
import { promptFailed } from './prompt-failed';
import { registrationRefused } from './registration-refused';
import { registrationUnavailable } from './registration-unavailable';
import { replyRegraded } from './reply-regraded';
import { replyUnclear } from './reply-unclear';
import { schedulePaused } from './schedule-paused';
import { scheduleResumed } from './schedule-resumed';
import { supportRequested } from './support-requested';
import { textNotUnderstood } from './text-not-understood';
import { thanksReceived } from './thanks-received';
import { traineeErased } from './trainee-erased';
import { traineeOptedIn } from './trainee-opted-in';
import { traineeOptedOut } from './trainee-opted-out';
import { traineeRegistered } from './trainee-registered';
import { traineeReminded } from './trainee-reminded';
import { traineeUpdated } from './trainee-updated';

export type { AskedPrompt } from './asked-prompt';

/** Every event, in the order of a trainee's story: codec, documents and specs go over this list. */
export const dialogEventSchema = z.discriminatedUnion('type', [
  traineeRegistered,
  registrationRefused,
  registrationUnavailable,
  traineeUpdated,
  traineeOptedOut,
  traineeOptedIn,
  optOutQuestioned,
  optOutDeclined,
  channelChanged,
  schedulePaused,
  scheduleResumed,
  drillStarted,
  promptCompleted,
  promptFailed,
  replyUnclear,
  replyRegraded,
  promptAdvanced,
  drillCompleted,
  drillAbandoned,
  drillPostponed,
  nextDrillRequested,
  drillRequested,
  drillDeferred,
  traineeReminded,
  messageRequested,
  menuRequested,
  supportRequested,
  infoRequested,
  helpRequested,
  demoRequested,
  thanksReceived,
  textNotUnderstood,
  traineeErased,
]);

/** Everything that can have happened in a dialog. */
export type DialogEvent = Readonly<z.infer<typeof dialogEventSchema>>;
export type EventType = DialogEvent['type'];
/** One event by its type. */
export type Event<T extends EventType> = Extract<DialogEvent, { type: T }>;

/** All event types, for tables that must name each. */
export const eventTypes: readonly EventType[] = dialogEventSchema.options.map(
  (option) => option.shape.type.value,
);

/** One event of a type as it stands on the wire: what documents show, and what specs start from. */
export const eventSample = (wanted: EventType): Readonly<Record<string, unknown>> => {
  const found = dialogEventSchema.options.find(({ shape }) => shape.type.value === wanted);
  const [sample] = found?.meta()?.['examples'] as readonly Record<string, unknown>[];
  return { ...sample };
};
