/**
 * What the work answers, or what `late` says once the limit has passed first. `limit` lets that time pass, and ends
 * early when its signal aborts. The work itself is not ended.
 */
export const within = async <T>(
  work: Promise<T>,
  limit: (until: AbortSignal) => Promise<void>,
  late: () => T,
): Promise<T> => {
  const answered = new AbortController();
  const tooLate = limit(answered.signal).then(late);
  /* Nobody hears what it says after the answer. */
  tooLate.catch(() => undefined);
  return Promise.race([work, tooLate]).finally(() => answered.abort());
};
