/**
 * A function that remembers its latest answers: at most `limit`, then the oldest makes room. Only for functions whose
 * answer depends on the key alone.
 */
export const remember = <Answer>(
  limit: number,
  answer: (key: string) => Answer,
): ((key: string) => Answer) => {
  const known = new Map<string, Answer>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = answer(key);
    if (known.size >= limit) known.delete(known.keys().next().value ?? key);
    known.set(key, made);
    return made;
  };
};
