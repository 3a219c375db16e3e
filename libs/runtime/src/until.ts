import { pause } from './retry';

type Patience = {
  /** What is waited for, as the error says it. */
  readonly what?: string;
  readonly limitMs?: number;
};

/** Asks every few milliseconds until the answer is something and not false; throws after 45 s, which a rebalance may take. */
export const until = async <T>(
  ask: () => T | Promise<T>,
  { what = 'it came true', limitMs = 45_000 }: Patience = {},
): Promise<Exclude<T, undefined | false>> => {
  const end = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer as Exclude<T, undefined | false>;
    if (performance.now() > end) throw new Error(`waited in vain for ${limitMs} ms until ${what}`);
    await pause(5);
  }
};
