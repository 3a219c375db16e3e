export { closedOn, deliverySpans, nextOpening } from './hours';
export type { ClosedDate, DeliveryHours, DeliveryWindow, Opening } from './hours';
export { weekdays } from './names';
export type { LocalDate, Parsed, TimeZone, Weekday } from './names';
export { occurrenceId, runIdOf, spreadMs } from './occurrence';
export type { OccurrenceKind, OccurrenceName } from './occurrence';
export { placeIn, placeOfNumber } from './place';
export type { Place } from './place';
export {
  compileSchedule,
  defaultSchedule,
  mergeSchedules,
  scheduleLevels,
  scheduleSettingsSchema,
  scheduleWarnings,
} from './schedule';
export type {
  MergedSchedule,
  Schedule,
  ScheduleField,
  ScheduleLevel,
  ScheduleSettings,
  ScheduleWarning,
} from './schedule';
export {
  addDays,
  addMonths,
  dayMs,
  dayNumber,
  hourMs,
  instantOf,
  minuteMs,
  sameZone,
  tzVersion,
  wallClock,
} from './temporal';
export type { Instant, Span, WallClock } from './temporal';
export { parseDate, parseTime, weekdayOf } from './text';
export { chooseZone, parseZone } from './zones';
export type { KnownZone, ZoneSource } from './zones';
