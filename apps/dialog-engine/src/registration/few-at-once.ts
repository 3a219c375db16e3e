type Ask<T> = (key: string) => Promise<T>;

/** Asks at most so many questions at once; the others wait for their turn, in order. */
export const atMost = <T>(most: number, ask: Ask<T>): Ask<T> => {
  const waiting: (() => void)[] = [];
  let busy = 0;
  return async (key) => {
    if (busy >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else busy += 1;
    try {
      return await ask(key);
    } finally {
      const next = waiting.shift();
      if (next) next();
      else busy -= 1;
    }
  };
};

/** Asks the same question once while it is under way: all who ask get the one answer, or the one failure. */
export const shared = <T>(ask: Ask<T>): Ask<T> => {
  const under = new Map<string, Promise<T>>();
  return (key) => {
    const known = under.get(key);
    if (known) return known;
    const answer = ask(key).finally(() => under.delete(key));
    under.set(key, answer);
    return answer;
  };
};
