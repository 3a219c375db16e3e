/**
 * A function that remembers its latest answers: at most `limit`, then the oldest makes room. Only for functions whose
 * answer depends on the key alone.
 */
export const remember = <Answer, Key extends string | number = string>(
  limit: number,
  answer: (key: Key) => Answer,
): ((key: Key) => Answer) => {
  const known = new Map<Key, Answer>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = answer(key);
    if (known.size >= limit) known.delete(known.keys().next().value ?? key);
    known.set(key, made);
    return made;
  };
};

/**
 * The same for two keys, which are looked up one after the other: no text is put together for it. At most `limit`
 * answers, then it begins anew.
 */
export const rememberPairs = <Answer, Second extends string | number>(
  limit: number,
  answer: (one: string, other: Second) => Answer,
): ((one: string, other: Second) => Answer) => {
  const known = new Map<string, Map<Second, Answer>>();
  let size = 0;
  const keep = (one: string, other: Second, made: Answer): Answer => {
    if (size >= limit) {
      known.clear();
      size = 0;
    }
    const under = known.get(one) ?? new Map<Second, Answer>();
    known.set(one, under.set(other, made));
    size += 1;
    return made;
  };
  return (one, other) => known.get(one)?.get(other) ?? keep(one, other, answer(one, other));
};
