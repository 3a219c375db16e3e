/** A time zone's name in the IANA list, as it was given: `America/New_York`. Made by `parseZone` alone. */
export type TimeZone = string & { readonly __brand: 'TimeZone' };

/** A date on somebody's calendar, `YYYY-MM-DD`. */
export type LocalDate = string & { readonly __brand: 'LocalDate' };

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** What was read from a text, or what is wrong with it and what would be right. */
export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: string };
