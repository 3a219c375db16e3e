import {
  addDays,
  instantOf,
  nextOpening,
  occurrenceId,
  type Instant,
  type Opening,
} from '@stopcovid/calendar';
import { releaseOf, unlessOver, type Situation } from './situation';
import type { MessageOccurrence, Passed, PassedBy, PendingMessage } from './standing';
import { windowsFrom } from './windows';

type Drip = Extract<PendingMessage, { kind: 'drip' }>;
type Broadcast = Extract<PendingMessage, { kind: 'broadcast' }>;

const passed = ({ kind, id }: PendingMessage, reason: PassedBy, at: Instant): Passed => ({
  kind,
  nominal: id,
  reason,
  at,
});

type Timed = { readonly nominalAt: Instant; readonly release: Opening; readonly until: Instant };

const occurrenceOf = (
  { standing, schedule, place }: Situation,
  message: PendingMessage,
  { nominalAt, release, until }: Timed,
): MessageOccurrence => {
  const { at: dueAt, window } = release;
  const windows = windowsFrom({ hours: schedule.hours, place }, release, until);
  return {
    kind: message.kind,
    message: message.id,
    commandId: occurrenceId({ kind: message.kind, phone: standing.phone, nominal: message.id, round: 0 }),
    nominalAt,
    dueAt,
    held: dueAt > nominalAt ? 'quietHours' : null,
    window,
    windows,
    notAfter: Math.min(windows.at(-1)?.to ?? window.to, until),
  };
};

/* Until the piece of the window closes that its time belongs to, or the last day is over on which it is still wanted. */
const wantedUntil = ({ place }: Situation, { date, keepDays }: Drip, first: Opening): Instant => {
  const closes = first.window.to;
  if (keepDays === 0) return closes;
  const over = instantOf(place.zones[0], addDays(date, keepDays + 1), 0);
  return over === null ? closes : Math.max(closes, over);
};

/** A step whose time came before the enrolment, or while nothing might be sent, or which is late, is skipped. */
const dripOf = (situation: Situation, message: Drip, nominalAt: Instant) => {
  const { schedule, place, now, eligibleSince } = situation;
  if (nominalAt < message.enrolledAt) return passed(message, 'beforeEnrolment', nominalAt);
  if (message.keepDays === 0 && nominalAt < eligibleSince) return passed(message, 'notEligible', nominalAt);
  const first = nextOpening(schedule.hours, place, nominalAt);
  if (first === null) return passed(message, 'noWindow', nominalAt);
  const until = wantedUntil(situation, message, first);
  const release = unlessOver(situation, first);
  if (release === null || release.at >= until || until <= now) return passed(message, 'tooLate', until);
  return occurrenceOf(situation, message, { nominalAt, release, until });
};

/** A broadcast is held from one window to the next until its time is over. */
const broadcastOf = (situation: Situation, message: Broadcast, nominalAt: Instant) => {
  const { until } = message;
  const release = releaseOf(situation, nominalAt);
  if (release === null || release.at >= until || until <= situation.now)
    return passed(message, 'expired', until);
  return occurrenceOf(situation, message, { nominalAt, release, until });
};

/** What becomes of a message that waits for its local time. */
export const planMessage = (situation: Situation, message: PendingMessage): MessageOccurrence | Passed => {
  const nominalAt = instantOf(situation.place.zones[0], message.date, message.minute);
  if (nominalAt === null) return passed(message, 'noSuchTime', situation.now);
  return message.kind === 'drip'
    ? dripOf(situation, message, nominalAt)
    : broadcastOf(situation, message, nominalAt);
};
