/** One text as the carrier accepted it; `at` in milliseconds since 1970. */
export type Accepted = { readonly to: string; readonly body: string; readonly at: number };

export type Expected = {
  readonly phones: readonly string[];
  readonly texts: number;
  readonly pauseMs: number;
};

/** What is wrong with what the carrier accepted, oldest first: each text once, in order, no sooner than its pause allows. */
export const faultsIn = (
  accepted: readonly Accepted[],
  { phones, texts, pauseMs }: Expected,
): readonly string[] => {
  const byPhone = new Map<string, Accepted[]>(phones.map((phone) => [phone, []]));
  for (const text of accepted) byPhone.get(text.to)?.push(text);
  return [...byPhone].flatMap(([phone, got]) => {
    const places = got.map(({ body }) => Number.parseInt(body, 10)).join(' ');
    const wanted = Array.from({ length: texts }, (_, place) => place).join(' ');
    const gaps = got.slice(1).map(({ at }, index) => at - (got[index]?.at ?? 0));
    const hurried = gaps.filter((gap) => gap < pauseMs).length;
    return [
      ...(places === wanted ? [] : [`${phone} was sent ${places || 'nothing'}`]),
      ...(hurried === 0 ? [] : [`${phone} got ${hurried} texts too soon`]),
    ];
  });
};

/** Seconds from the first to the last. */
export const secondsOf = (accepted: readonly Accepted[]): number => {
  const times = accepted.map(({ at }) => at);
  const [first, last] = [times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b))];
  return (last - first) / 1_000;
};

/**
 * The least that pauses and rate allow, in seconds: the last phone's turn, then its pauses; or simply as many messages
 * as there are.
 */
export const idealSeconds = (
  { phones, texts, pauseMs }: { phones: number; texts: number; pauseMs: number },
  perSecond: number,
): number => Math.max(phones / perSecond + ((texts - 1) * pauseMs) / 1_000, (phones * texts) / perSecond);
