import { timestampSchema } from '@stopcovid/contracts';

const dayMs = 24 * 60 * 60 * 1_000;
const shape = /^\d{4}-\d{2}-\d{2}$/;

/** Is this a day of the calendar, as YYYY-MM-DD? */
export const isDay = (text: string): boolean =>
  shape.test(text) && timestampSchema.safeParse(`${text}T00:00:00Z`).success;

/** The moment that a time or the beginning of a day is, in UTC; undefined for anything else. */
export const instantOf = (text: string): Date | undefined => {
  const parsed = timestampSchema.safeParse(shape.test(text) ? `${text}T00:00:00Z` : text);
  return parsed.success ? new Date(parsed.data) : undefined;
};

/** The day of a moment in UTC, as YYYY-MM-DD. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** The day so many days after another one; before it, if negative. */
export const daysAfter = (day: string, days: number): string =>
  dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs));
