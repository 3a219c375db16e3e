import { wallClock, type Instant, type Schedule, type TimeZone, type ZoneSource } from '@stopcovid/calendar';
import type { Phone } from '@stopcovid/contracts';
import { activePhones } from '../api/active-phones';
import { appliedTo, ApplyingSchedules, ownersOf, type AppliedSettings } from '../clock/applying-schedule';
import { DripSteps } from '../clock/drip-steps';
import type { PastOccurrence, PhoneSchedule } from '../clock/phone-schedule';
import type { PhoneSchedules } from '../clock/phone-schedules';
import { standingOf } from '../clock/standing-of';
import type { WaitingMessages } from '../clock/waiting-messages';
import type { Offer } from '../progress/offer';
import { DocumentUnreadable, type ProgressStore } from '../progress/progress-store';
import { placeOf, zoneOf } from '../schedule/situation';
import type { Idle, Standing } from '../schedule/standing';
import { idOfOwner, type Schedules } from '../schedules/schedules';
import { aheadOf, drillsLeft, type Ahead } from './ahead';

/** Whose clock counts for a trainee: the one of `name`; without a name, what is allowed by all of `anyOf`. */
export type TraineeZone = {
  readonly name: TimeZone | null;
  readonly source: ZoneSource;
  readonly anyOf: readonly TimeZone[];
};

/** What the schedule means for one phone: what applies and from where, what is ahead, what has become of what came. */
export type Timetable = {
  readonly phone: Phone;
  readonly zone: TraineeZone;
  /** `null` where nobody says anything about the schedule: nothing is ahead then. */
  readonly applies: AppliedSettings | null;
  readonly paused: Standing['paused'];
  readonly idle: Idle | 'noSchedule' | null;
  readonly ahead: readonly Ahead[];
  readonly last: readonly PastOccurrence[];
};

/** What timetables are made from. */
export type TimetableParts = {
  readonly store: Pick<ProgressStore, 'trainee' | 'phonesOfPersons'>;
  readonly phones: Pick<PhoneSchedules, 'load' | 'now'>;
  readonly schedules: Pick<Schedules, 'of'>;
  readonly messages: Pick<WaitingMessages, 'waitingFor'>;
  readonly offer: () => Offer;
};

/** How many occurrences are shown. */
const mostAhead = 10;
/* Among as many dates they are looked for. */
const datesAhead = 100;

const scheduleOf = async (
  phone: Phone,
  phones: TimetableParts['phones'],
): Promise<PhoneSchedule | undefined> => {
  const known = (await phones.load([phone])).get(phone);
  if (known?.kind === 'unreadable') throw new DocumentUnreadable(known.reason);
  return known?.kind === 'readable' ? known.value : undefined;
};

type Found = {
  readonly standing: Standing;
  readonly settings: AppliedSettings;
  readonly applies: Schedule;
  readonly now: Instant;
};

const traineeZone = ({ standing, applies }: Found): TraineeZone => {
  const { zone, source } = zoneOf(standing, applies);
  return { name: zone, source, anyOf: placeOf(standing, applies)?.zones ?? [] };
};

const unknownZone: TraineeZone = { name: null, source: 'unknown', anyOf: [] };

const nothing = (phone: Phone, schedule: PhoneSchedule | undefined): Timetable => ({
  phone,
  zone: unknownZone,
  applies: null,
  paused: null,
  idle: 'noSchedule',
  ahead: [],
  last: schedule?.clock.last ?? [],
});

const find = async (
  schedule: PhoneSchedule,
  active: boolean,
  parts: TimetableParts,
): Promise<Found | null> => {
  const [stored, messages, now] = await Promise.all([
    parts.schedules.of(ownersOf(schedule)),
    parts.messages.waitingFor([schedule]),
    parts.phones.now(),
  ]);
  const said = new Map(stored.map((each) => [idOfOwner(each.owner), each]));
  const offer = parts.offer();
  const settings = appliedTo(schedule, said, offer.schedule);
  const applies = new ApplyingSchedules().of(schedule, said, offer.schedule);
  if (settings === null || applies === null) return null;
  const [nextDrill = null] = drillsLeft(schedule.drills, offer, 1);
  const steps = new DripSteps().waitingFor(schedule, offer.drips);
  const around = {
    applies,
    active,
    nextDrill,
    messages: [...steps.messages, ...(messages.get(schedule.phone) ?? [])],
    steps: steps.drills,
    now,
  };
  return { standing: standingOf(schedule, around), settings, applies, now };
};

/** The timetable of a phone; `undefined` where nothing was ever heard of it. Throws DocumentUnreadable. */
export const timetableOf = async (phone: Phone, parts: TimetableParts): Promise<Timetable | undefined> => {
  const progress = await parts.store.trainee(phone);
  if (progress === undefined) return undefined;
  const schedule = await scheduleOf(phone, parts.phones);
  if (schedule === undefined) return nothing(phone, schedule);
  const active = (await activePhones(parts.store, [progress])).has(phone);
  const found = await find(schedule, active, parts);
  if (found === null) return nothing(phone, schedule);
  const { standing, settings, applies, now } = found;
  const drills = drillsLeft(schedule.drills, parts.offer(), mostAhead);
  const { ahead, idle } = aheadOf(standing, applies, { now, dates: datesAhead, drills });
  return {
    phone,
    zone: traineeZone(found),
    applies: settings,
    paused: standing.paused,
    idle,
    ahead: ahead.slice(0, mostAhead),
    last: schedule.clock.last,
  };
};

/** What somebody's clock shows then, such as `2026-06-10 09:00`; `undefined` where it is not known which it is. */
export const localText = ({ name }: TraineeZone, at: Instant): string | undefined => {
  if (name === null) return undefined;
  const { date, minute } = wallClock(name, at);
  const [hours, minutes] = [Math.floor(minute / 60), minute % 60].map((part) => `${part}`.padStart(2, '0'));
  return `${date} ${hours ?? ''}:${minutes ?? ''}`;
};
