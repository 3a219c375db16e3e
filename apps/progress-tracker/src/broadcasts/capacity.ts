import type { Instant } from '@stopcovid/calendar';

/** How fast the account sends. */
export type Rate = { readonly perSecond: number; readonly segmentsPerSecond?: number | undefined };

/** The texts that come due at one moment, and from when on they must not go out. */
export type Load = {
  readonly dueAt: Instant;
  readonly notAfter: Instant;
  readonly people: number;
  readonly segments: number;
};

/** When the first and the last text leave, and how many would come to the end of their window unsent. */
export type Departure = { readonly firstAt: Instant; readonly lastAt: Instant; readonly tooLate: number };

const secondsOf = ({ people, segments }: Load, { perSecond, segmentsPerSecond }: Rate): number =>
  Math.max(people / perSecond, segmentsPerSecond === undefined ? 0 : segments / segmentsPerSecond);

/** What is due first leaves first, at the account's rate and not faster. `null` where nothing is to leave. */
export const departureOf = (loads: readonly Load[], rate: Rate): Departure | null => {
  const [first, ...rest] = [...loads].sort(
    (one, other) => one.dueAt - other.dueAt || one.notAfter - other.notAfter,
  );
  if (first === undefined) return null;
  let free = first.dueAt;
  let tooLate = 0;
  for (const load of [first, ...rest]) {
    const from = Math.max(free, load.dueAt);
    const takes = secondsOf(load, rate) * 1_000;
    const inTime = Math.max(0, Math.min(takes, load.notAfter - from));
    free = from + takes;
    tooLate += takes === 0 ? 0 : Math.ceil(load.people * (1 - inTime / takes) - 1e-9);
  }
  return { firstAt: first.dueAt, lastAt: free, tooLate };
};
