/** When what happens in a soak; milliseconds, from its beginning where they are moments. */
export type Plan = {
  readonly lengthMs: number;
  readonly lookEveryMs: number;
  readonly restartEveryMs: number;
  readonly slowFromMs: number;
  readonly slowToMs: number;
};

const minuteMs = 60_000;
const lookEveryAtMostMs = 10_000;
const leastLooks = 60;
/* Each of the eight replicas lives through more than a third of the soak once. */
const restarts = 12;

/** A soak of so many minutes: in an hour a look each ten seconds, a restart each five minutes, a slow carrier for ten. */
export const planOf = (minutes: number): Plan => {
  const lengthMs = minutes * minuteMs;
  return {
    lengthMs,
    lookEveryMs: Math.min(lookEveryAtMostMs, lengthMs / leastLooks),
    restartEveryMs: lengthMs / restarts,
    slowFromMs: lengthMs / 3,
    slowToMs: lengthMs / 2,
  };
};
