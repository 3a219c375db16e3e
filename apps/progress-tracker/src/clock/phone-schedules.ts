import type { Phone } from '@stopcovid/contracts';
import type { Known } from '@stopcovid/projections';
import type { ScheduleOwner } from '../schedules/schedules';
import type { PhoneSchedule } from './phone-schedule';

/** The next content of a phone's schedule, and the one that was read. */
export type ScheduleWrite = { readonly before: PhoneSchedule | undefined; readonly next: PhoneSchedule };

/** What the clock asks for. */
export type DueQuery = {
  readonly partitions: readonly number[];
  /** Milliseconds since 1970, by the database's clock. */
  readonly now: number;
  readonly limit: number;
};

/** What is due; `unreadable` are documents that were put off for a while. */
export type DueSchedules = {
  readonly schedules: readonly PhoneSchedule[];
  readonly unreadable: readonly { readonly phone: string; readonly reason: string }[];
};

/** What lies ahead: after `now` and before `until`. */
export type AheadQuery = DueQuery & { readonly until: number };

/** When the clock looks at a phone again. */
export type SoonDue = { readonly phone: Phone; readonly nextAt: number };

/** Whose schedules are meant. */
export type MarkedPhones =
  | ScheduleOwner
  | { readonly partition: number }
  | { readonly phones: readonly Phone[] };

/** The schedules of phones: written by the fold of events and by the clock, each by compare-and-set. */
export interface PhoneSchedules {
  /** Of those that have one. */
  load(phones: readonly Phone[]): Promise<ReadonlyMap<Phone, Known<PhoneSchedule>>>;
  /** Writes each that is still as it was read. Answers the phones that somebody else wrote first. */
  save(writes: readonly ScheduleWrite[]): Promise<ReadonlySet<Phone>>;
  /** Those that are due, the longest overdue first. */
  due(query: DueQuery): Promise<DueSchedules>;
  /** Those that come due, the soonest first. */
  ahead(query: AheadQuery): Promise<readonly SoonDue[]>;
  /** The clock looks at once at these phones, or at all of an owner or a partition. A write under way loses. */
  mark(whose: MarkedPhones): Promise<void>;
  /** What plans of a partition were made by, if that is known: zone data and the organisation's schedule. */
  basis(partition: number): Promise<string | undefined>;
  noteBasis(partition: number, basis: string): Promise<void>;
  /** The database's time, milliseconds since 1970. */
  now(): Promise<number>;
}
