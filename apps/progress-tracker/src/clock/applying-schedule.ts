import {
  compileSchedule,
  mergeSchedules,
  parseTime,
  weekdays,
  type MergedSchedule,
  type Schedule,
  type ScheduleField,
  type ScheduleLevel,
  type ScheduleSettings,
  type Weekday,
} from '@stopcovid/calendar';
import type { ScheduleOwner, StoredSchedule } from '../schedules/schedules';
import { idOfOwner } from '../schedules/schedules';
import type { PhoneSchedule } from './phone-schedule';

/* Phones with one spread keep their place, whoever's settings apply to them. */
const name = 'daily';

/** Whose settings apply to a phone, beside the organisation's. */
export const ownersOf = ({ phone, trainee }: PhoneSchedule): readonly ScheduleOwner[] => {
  const { employerId, unitId } = trainee;
  const own: ScheduleOwner = { level: 'trainee', phone };
  if (employerId === null) return [own];
  const employer: ScheduleOwner = { level: 'employer', employerId };
  return unitId === null ? [own, employer] : [own, employer, { level: 'unit', employerId, unitId }];
};

const isWeekday = (day: string): day is Weekday => weekdays.some((known) => known === day);

/** What the trainee told us, as settings. It goes before what others say for them. */
const wishesOf = ({ trainee: { days, time } }: PhoneSchedule): ScheduleSettings => {
  const known = days?.filter(isWeekday) ?? [];
  const told = time === 'any' ? 'none' : time;
  return {
    ...(known.length === 0 ? {} : { days: known }),
    ...(told !== null && (told === 'none' || parseTime(told).ok) ? { time: told } : {}),
  };
};

const says = (settings: ScheduleSettings | undefined): boolean =>
  settings !== undefined && Object.keys(settings).length > 0;

/** What each level says for a phone. */
type Levels = Readonly<Partial<Record<ScheduleLevel, ScheduleSettings>>>;

const levelsFor = (
  phone: PhoneSchedule,
  said: ReadonlyMap<string, StoredSchedule>,
  organisation: ScheduleSettings | undefined,
): Levels | null => {
  const levels: Levels = Object.fromEntries(
    ownersOf(phone).map((owner) => [owner.level, said.get(idOfOwner(owner))?.settings]),
  );
  if (![organisation, ...Object.values(levels)].some(says)) return null;
  const all = { ...levels, organisation, trainee: { ...levels.trainee, ...wishesOf(phone) } };
  return Object.fromEntries(Object.entries(all).filter(([, settings]) => says(settings)));
};

/** Where a setting comes from; what a trainee told by text is `told`. */
export type SettingSource = ScheduleLevel | 'told' | 'default';

/** The settings that apply to a phone, and where each comes from. */
export type AppliedSettings = {
  readonly settings: MergedSchedule['settings'];
  readonly from: Readonly<Record<ScheduleField, SettingSource>>;
};

/** What applies to a phone; `null` where nobody but the trainee says anything. */
export const appliedTo = (
  phone: PhoneSchedule,
  said: ReadonlyMap<string, StoredSchedule>,
  organisation: ScheduleSettings | undefined,
): AppliedSettings | null => {
  const levels = levelsFor(phone, said, organisation);
  if (levels === null) return null;
  const { settings, from } = mergeSchedules(levels);
  const told = Object.keys(wishesOf(phone)).map((field) => [field, 'told'] as const);
  return { settings, from: { ...from, ...Object.fromEntries(told) } };
};

/** How many different schedules are kept: whoever wishes the same has the same. */
const mostKept = 5_000;

/** Finds the schedule that applies to a phone, made once for all who share it. */
export class ApplyingSchedules {
  readonly #kept = new Map<string, Schedule>();

  /** `null` where nobody but the trainee says anything: then nothing is scheduled. */
  of(
    phone: PhoneSchedule,
    said: ReadonlyMap<string, StoredSchedule>,
    organisation: ScheduleSettings | undefined,
  ): Schedule | null {
    const levels = levelsFor(phone, said, organisation);
    if (levels === null) return null;
    const key = JSON.stringify(levels);
    return this.#kept.get(key) ?? this.#keep(key, levels);
  }

  #keep(key: string, levels: Levels): Schedule {
    const made = compileSchedule(mergeSchedules(levels), name);
    if (this.#kept.size >= mostKept) this.#kept.delete(this.#kept.keys().next().value ?? key);
    this.#kept.set(key, made);
    return made;
  }
}
