import { phoneSchema, type Phone } from '@stopcovid/contracts';
import type { Parsed, LocalDate, TimeZone } from './names';
import type { DeliveryHours } from './hours';
import { compileSchedule, mergeSchedules, scheduleSettingsSchema, type ScheduleSettings } from './schedule';
import type { Instant } from './temporal';
import { parseDate, parseTime } from './text';
import { parseZone } from './zones';

const taken = <Value>(parsed: Parsed<Value>): Value => {
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.value;
};

export const zone = (name: string): TimeZone => taken(parseZone(name));
export const date = (text: string): LocalDate => taken(parseDate(text));
export const minute = (text: string): number => taken(parseTime(text));
export const phone = (text: string): Phone => phoneSchema.parse(text);
export const at = (text: string): Instant => Date.parse(text);
export const utc = (instant: Instant | null): string | null =>
  instant === null ? null : new Date(instant).toISOString().replace(':00.000Z', 'Z').replace('.000Z', 'Z');

export const settings = (given: unknown): ScheduleSettings => scheduleSettingsSchema.parse(given);

export const hours = (given: unknown): DeliveryHours =>
  compileSchedule(mergeSchedules({ organisation: settings(given) }), 'daily').hours;
