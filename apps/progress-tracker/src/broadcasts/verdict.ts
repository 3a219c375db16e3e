import {
  addDays,
  hourMs,
  instantOf,
  parseTime,
  wallClock,
  type Instant,
  type LocalDate,
  type TimeZone,
} from '@stopcovid/calendar';
import { standingOf } from '../clock/standing-of';
import type { WaitingMessage } from '../clock/waiting-messages';
import { plan } from '../schedule/plan';
import { placeOf } from '../schedule/situation';
import type { Idle } from '../schedule/standing';
import type { LeftOut, Letter, Recipient } from './broadcast';
import type { Candidate } from './candidates';

/** Whether somebody is written to: in which language, when it is due and when that window ends; or why not. */
export type Verdict =
  | {
      readonly kind: 'reached';
      readonly recipient: Recipient;
      readonly language: string;
      readonly dueAt: Instant;
      readonly notAfter: Instant;
    }
  | { readonly kind: 'leftOut'; readonly reason: LeftOut };

const leftOut = (reason: LeftOut): Verdict => ({ kind: 'leftOut', reason });

const barredBy: Readonly<Partial<Record<Idle, LeftOut>>> = {
  notRegistered: 'unregistered',
  optedOut: 'optedOut',
  notActive: 'notActive',
  paused: 'paused',
  noZone: 'noZone',
};

/** What can be said of somebody without their hours. */
const plainly = ({ progress }: Candidate, { texts, busy }: Letter): LeftOut | undefined => {
  const { registration, optedOut, profile } = progress.trainee;
  if (registration === null) return 'unregistered';
  if (optedOut) return 'optedOut';
  if (busy === 'skip' && progress.runningId !== undefined) return 'busy';
  return profile.language in texts ? undefined : 'noText';
};

type LocalTime = { readonly date: LocalDate; readonly minute: number; readonly nominalAt: Instant };

/** When it is to be by their clock. What is past comes on the next day, or not at all. */
const timeFor = ({ at }: Letter, zone: TimeZone, now: Instant): LocalTime | undefined => {
  if (at === undefined) return { ...wallClock(zone, now), nominalAt: now };
  const time = parseTime(at.time);
  const minute = time.ok ? time.value : 0;
  const dates =
    at.past === 'nextDay' ? [at.date as LocalDate, addDays(at.date as LocalDate, 1)] : [at.date as LocalDate];
  for (const date of dates) {
    const nominalAt = instantOf(zone, date, minute);
    if (nominalAt !== null && nominalAt >= now) return { date, minute, nominalAt };
  }
  return undefined;
};

const previewed = 'previewed';

/** Judges by the very plan that the clock will follow: a preview cannot promise what the clock does not do. */
export const verdictOn = (candidate: Candidate, letter: Letter, now: Instant): Verdict => {
  const { progress, schedule, applies, active } = candidate;
  const plain = plainly(candidate, letter);
  if (plain !== undefined) return leftOut(plain);
  if (schedule === undefined || applies === null) return leftOut('noSchedule');
  const around = { applies, active, nextDrill: null, now };
  const standing = standingOf(schedule, { ...around, messages: [], steps: [] });
  const zone = placeOf(standing, applies)?.zones[0];
  if (zone === undefined) return leftOut('noZone');
  const time = timeFor(letter, zone, now);
  if (time === undefined) return leftOut('past');
  const { date, minute, nominalAt } = time;
  const recipient = { phone: progress.phone, date, minute, until: nominalAt + letter.keepHours * hourMs };
  const message: WaitingMessage = { kind: 'broadcast', id: previewed, ...recipient, date, content: {} };
  const { occurrences, idle } = plan({ ...standing, messages: [message] }, applies, now);
  const barred = idle === null ? undefined : barredBy[idle];
  if (barred !== undefined) return leftOut(barred);
  const due = occurrences.find(({ kind }) => kind === 'broadcast');
  if (due === undefined) return leftOut('outsideWindow');
  const { language } = progress.trainee.profile;
  const notAfter = Math.min(due.window.to, due.notAfter);
  return { kind: 'reached', recipient, language, dueAt: Math.max(due.dueAt, now), notAfter };
};
