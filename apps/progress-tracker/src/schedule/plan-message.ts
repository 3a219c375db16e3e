import { addDays, instantOf, nextInside, occurrenceId, spanAt, type Instant } from '@stopcovid/calendar';
import { releasedAt, type Situation } from './situation';
import type { MessageOccurrence, Passed, PassedBy, PendingMessage } from './standing';
import { windowsBetween } from './windows';

type Drip = Extract<PendingMessage, { kind: 'drip' }>;
type Broadcast = Extract<PendingMessage, { kind: 'broadcast' }>;

const passed = ({ kind, id }: PendingMessage, reason: PassedBy, at: Instant): Passed => ({
  kind,
  nominal: id,
  reason,
  at,
});

const occurrenceOf = (
  { standing, schedule, place }: Situation,
  message: PendingMessage,
  { until, ...times }: { readonly nominalAt: Instant; readonly dueAt: Instant; readonly until: Instant },
): MessageOccurrence => {
  const window = spanAt(schedule.hours, place, times.dueAt) ?? { from: times.dueAt, to: times.dueAt };
  const windows = windowsBetween({ hours: schedule.hours, place }, times.dueAt, until);
  return {
    kind: message.kind,
    message: message.id,
    commandId: occurrenceId({ kind: message.kind, phone: standing.phone, nominal: message.id, round: 0 }),
    ...times,
    held: times.dueAt > times.nominalAt ? 'quietHours' : null,
    window,
    windows,
    notAfter: Math.min(windows.at(-1)?.to ?? window.to, until),
  };
};

/* Until the piece of the window closes that its time belongs to, or the last day is over on which it is still wanted. */
const wantedUntil = ({ schedule, place }: Situation, message: Drip, first: Instant): Instant => {
  const closes = spanAt(schedule.hours, place, first)?.to ?? first;
  const over = instantOf(place.zones[0], addDays(message.date, message.keepDays + 1), 0);
  return message.keepDays === 0 || over === null ? closes : Math.max(closes, over);
};

/** A step whose time came before the enrolment, or while nothing might be sent, or which is late, is skipped. */
const dripOf = (situation: Situation, message: Drip, nominalAt: Instant) => {
  const { schedule, place, now, eligibleSince } = situation;
  if (nominalAt < message.enrolledAt) return passed(message, 'beforeEnrolment', nominalAt);
  if (message.keepDays === 0 && nominalAt < eligibleSince) return passed(message, 'notEligible', nominalAt);
  const first = nextInside(schedule.hours, place, nominalAt);
  if (first === null) return passed(message, 'noWindow', nominalAt);
  const until = wantedUntil(situation, message, first);
  const dueAt = releasedAt(situation, nominalAt);
  if (dueAt === null || dueAt >= until || until <= now) return passed(message, 'tooLate', until);
  return occurrenceOf(situation, message, { nominalAt, dueAt, until });
};

/** A broadcast is held from one window to the next until its time is over. */
const broadcastOf = (situation: Situation, message: Broadcast, nominalAt: Instant) => {
  const { until } = message;
  const dueAt = releasedAt(situation, nominalAt);
  if (dueAt === null || dueAt >= until || until <= situation.now) return passed(message, 'expired', until);
  return occurrenceOf(situation, message, { nominalAt, dueAt, until });
};

/** What becomes of a message that waits for its local time. */
export const planMessage = (situation: Situation, message: PendingMessage): MessageOccurrence | Passed => {
  const nominalAt = instantOf(situation.place.zones[0], message.date, message.minute);
  if (nominalAt === null) return passed(message, 'noSuchTime', situation.now);
  return message.kind === 'drip'
    ? dripOf(situation, message, nominalAt)
    : broadcastOf(situation, message, nominalAt);
};
