/* Without a reason of ours an error with its stack is made for each. */
const isAnswered = 'answered';

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
  const tooLate = limit(answered.signal).then(() => (answered.signal.aborted ? work : late()));
  /* Nobody hears what it says after the answer. */
  tooLate.catch(() => undefined);
  return Promise.race([work, tooLate]).finally(() => answered.abort(isAnswered));
};

/** The same in milliseconds of this process, for a fraction of what a signal costs. */
export const withinMs = <T>(work: Promise<T>, ms: number, late: () => T): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(Promise.resolve().then(late)), ms);
    const answered = <A>(settle: (answer: A) => void) => {
      return (answer: A): void => {
        clearTimeout(timer);
        settle(answer);
      };
    };
    work.then(answered(resolve), answered(reject));
  });
