/** One line of what is going on, told from the output of the programs that we start. */
export const say = (line) => process.stdout.write(`› ${line}\n`);

/** Seconds since `start` (from `Date.now()`), for people. */
export const secondsSince = (start) => `${((Date.now() - start) / 1_000).toFixed(1)} s`;
