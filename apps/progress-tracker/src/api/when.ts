import { timestampSchema } from '@stopcovid/contracts';
import { z } from 'zod';
import { invalidParameter } from '../problems/problem';

const dayMs = 24 * 60 * 60 * 1_000;
const shape = /^\d{4}-\d{2}-\d{2}$/;

/** Is this a day of the calendar, as YYYY-MM-DD? */
export const isDay = (text: string): boolean =>
  shape.test(text) && timestampSchema.safeParse(`${text}T00:00:00Z`).success;

const withOffset = z.iso.datetime({ offset: true });

/** The moment that a time with any offset is, or the beginning of a day in UTC; undefined for anything else. */
export const instantOf = (text: string): Date | undefined => {
  const time = shape.test(text) ? `${text}T00:00:00Z` : text;
  if (!withOffset.safeParse(time).success) return undefined;
  const at = new Date(time);
  return timestampSchema.safeParse(at.toISOString()).success ? at : undefined;
};

/** What lies not before `from` and before `until`; both are days, or both moments. */
type Range<T> = { readonly from?: T; readonly until?: T };

/** A range as it was asked for. Throws 400 where nothing can lie in it. `end` is the name that the end has there. */
export const halfOpen = <T extends Date | string>(
  from: T | undefined,
  until: T | undefined,
  end = 'until',
): Range<T> => {
  if (from !== undefined && until !== undefined && from >= until)
    throw invalidParameter('from', `from must be before ${end}`);
  return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
};

/** Throws 400 where the end was given under its name and its older one. */
export const onlyOneEnd = ({ until, to }: { readonly until?: string; readonly to?: string }): void => {
  if (until === undefined || to === undefined) return;
  throw invalidParameter('to', 'until and to are both the end: give until alone');
};

/** The day of a moment in UTC, as YYYY-MM-DD. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** The day so many days after another one; before it, if negative. */
export const daysAfter = (day: string, days: number): string =>
  dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs));
