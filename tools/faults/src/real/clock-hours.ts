import type { Instant, TimeZone } from '@stopcovid/calendar';

/** Hours in which things came by time, and since when nothing disturbed the clock any more. */
export type ClockHours = {
  readonly zone: TimeZone;
  /** Minutes of the day: from `opens` on, until `closes`. */
  readonly window: { readonly opens: number; readonly closes: number };
  readonly calmFrom: Instant;
};
