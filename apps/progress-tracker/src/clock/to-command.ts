import { hash } from 'node:crypto';
import type { Instant, Span } from '@stopcovid/calendar';
import {
  dialogCommandSchema,
  type Command,
  type DialogCommand,
  type DrillSlug,
  type Phone,
} from '@stopcovid/contracts';
import type {
  DrillOccurrence,
  MessageOccurrence,
  Occurrence,
  ReminderOccurrence,
} from '../schedule/standing';
import type { MessageContent } from './waiting-messages';

const iso = (at: Instant): string => new Date(at).toISOString();

/** When it may reach the phone, as it travels: in these windows, and not after that. */
export const deliveryIn = (windows: readonly Span[], notAfter: Instant) => ({
  notAfter: iso(notAfter),
  windows: windows.map(({ from, to }) => ({ opens: iso(from), closes: iso(to) })),
});

type About = {
  readonly phone: Phone;
  readonly now: Instant;
  readonly isLast?: (drill: DrillSlug) => boolean;
};

const envelope = ({ phone, now }: About, commandId: string) => ({
  schemaVersion: 1,
  commandId,
  phone,
  at: iso(now),
});

const proactive = (occurrence: Pick<Occurrence, 'commandId' | 'window' | 'notAfter'>) => ({
  occurrence: occurrence.commandId,
  delivery: deliveryIn([occurrence.window], occurrence.notAfter),
});

const mostRepeats = 5;

const repeatsOf = ({ repeats }: DrillOccurrence) => repeats.slice(0, mostRepeats);

const repeatOf = (about: About, occurrence: DrillOccurrence) => ({
  type: 'RepeatPrompts',
  ...envelope(about, occurrence.commandId),
  repeats: repeatsOf(occurrence),
  runId: occurrence.runId,
  expects: { runId: null },
  ...proactive(occurrence),
});

const startOf = (about: About, occurrence: Extract<DrillOccurrence, { kind: 'drill' }>) => ({
  type: 'StartDrill',
  ...envelope(about, occurrence.commandId),
  drill: occurrence.drill,
  runId: occurrence.runId,
  reason: 'scheduled',
  expects: { runId: null },
  ...(about.isLast?.(occurrence.drill) === true ? { last: true } : {}),
  ...(occurrence.repeats.length === 0 ? {} : { repeats: repeatsOf(occurrence) }),
  ...proactive(occurrence),
});

/* The planner counts the rungs of a ladder from 0, the wire counts reminders from 1. */
const remindOf = (about: About, occurrence: ReminderOccurrence) => ({
  type: 'RemindTrainee',
  ...envelope(about, occurrence.commandId),
  runId: occurrence.runId,
  prompt: occurrence.prompt,
  rung: occurrence.rung + 1,
  ...proactive(occurrence),
});

/** What a due message asks of the dialog engine, under the occurrence's own id. */
export const messageOf = (
  about: About,
  occurrence: MessageOccurrence,
  content: MessageContent,
): DialogCommand =>
  dialogCommandSchema.parse({
    type: 'SendMessage',
    ...envelope(about, occurrence.commandId),
    ...content,
    occurrence: occurrence.commandId,
    delivery: deliveryIn(occurrence.windows, occurrence.notAfter),
  });

const orderOf = (about: About, occurrence: DrillOccurrence | ReminderOccurrence) => {
  switch (occurrence.kind) {
    case 'drill':
      return startOf(about, occurrence);
    case 'repeat':
      return repeatOf(about, occurrence);
    case 'reminder':
      return remindOf(about, occurrence);
  }
};

/** What a due start or reminder asks of the dialog engine, under the occurrence's own id. */
export const commandOf = (about: About, occurrence: DrillOccurrence | ReminderOccurrence): DialogCommand =>
  dialogCommandSchema.parse(orderOf(about, occurrence));

const idOf = (kind: string, ...parts: readonly (string | number)[]): string =>
  `${kind}-${hash('sha256', parts.join('\n'), 'hex').slice(0, 40)}`;

/** Ends a drill that was not answered for so long. */
export const abandonOf = (
  about: About,
  { runId, at }: { readonly runId: Command<'AbandonDrill'>['runId']; readonly at: Instant },
): DialogCommand =>
  dialogCommandSchema.parse({
    type: 'AbandonDrill',
    ...envelope(about, idOf('abandon', about.phone, runId, at)),
    runId,
    reason: 'idle',
  });

/** Pauses the schedule of who left a ladder of reminders unanswered. */
export const pauseOf = (
  about: About,
  pause: { readonly runId: string; readonly askedAt: Instant; readonly window: Span },
): DialogCommand => {
  const commandId = idOf('pause', about.phone, pause.runId, pause.askedAt);
  return dialogCommandSchema.parse({
    type: 'PauseSchedule',
    ...envelope(about, commandId),
    reason: 'unanswered',
    occurrence: commandId,
    delivery: deliveryIn([pause.window], pause.window.to),
  });
};
