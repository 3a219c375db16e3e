import { timestampSchema } from '@stopcovid/contracts';
import { InvalidArgumentError } from 'commander';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const unitsMs: Readonly<Record<string, number>> = { m: minuteMs, h: hourMs, d: 24 * hourMs };

/** A length of time such as 15m, 24h or 7d, in milliseconds. */
export const durationTyped = (text: string): number => {
  const [, count, unit] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  const unitMs = unitsMs[unit ?? ''];
  if (count === undefined || unitMs === undefined)
    throw new InvalidArgumentError('It takes a length of time such as 15m, 24h or 7d.');
  return Number(count) * unitMs;
};

/** A moment, or how long before now it is. */
export type Since = { readonly at: number } | { readonly ago: number };

/** A moment, in milliseconds since 1970. */
export const timeTyped = (text: string): number => {
  const parsed = timestampSchema.safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError('It takes a time such as 2026-03-01T17:05:00Z.');
  return Date.parse(parsed.data);
};

/** A moment, or a length of time that ends now. */
export const sinceTyped = (text: string): Since => {
  if (/^\d+[a-z]+$/.test(text)) return { ago: durationTyped(text) };
  if (!timestampSchema.safeParse(text).success)
    throw new InvalidArgumentError('It takes a time such as 2026-03-01T17:05:00Z, or 24h for a day back.');
  return { at: timeTyped(text) };
};
