/**
 * When something proactive may be handed over, in milliseconds since 1970: not after `notAfter`, and inside a window,
 * its opening included and its closing not. Whoever planned it has computed them; windows are in the order of time.
 */
export type Hours = {
  readonly notAfter: number;
  readonly windows: readonly { readonly opens: number; readonly closes: number }[];
};

/** The first time from `at` on at which it may go, or undefined: it comes too late. */
export const opensAt = ({ notAfter, windows }: Hours, at: number): number | undefined => {
  const next = windows.find(({ opens, closes }) => Math.max(at, opens) < closes);
  const time = next && Math.max(at, next.opens);
  return time === undefined || time > notAfter ? undefined : time;
};

/** How much longer it may go, in milliseconds; undefined: not now. */
export const openForMs = (hours: Hours, at: number): number | undefined => {
  if (opensAt(hours, at) !== at) return undefined;
  const until = hours.windows.find(({ opens, closes }) => opens <= at && at < closes)?.closes ?? at;
  return Math.min(until, hours.notAfter) - at;
};
