import type { Billed } from './message-store';

/** Amounts in the order of their currencies. */
export const inOrder = (billed: readonly Billed[]): readonly Billed[] =>
  billed.toSorted((one, other) => (one.currency < other.currency ? -1 : 1));

/** Amounts of the same currency together; never of two. */
export const addedUp = (billed: readonly Billed[]): readonly Billed[] => {
  const sums = new Map<string, Billed>();
  for (const { currency, millionths, messages } of billed) {
    const before = sums.get(currency) ?? { currency, millionths: 0, messages: 0 };
    sums.set(currency, {
      currency,
      millionths: before.millionths + millionths,
      messages: before.messages + messages,
    });
  }
  return inOrder([...sums.values()]);
};
