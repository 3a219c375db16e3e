import type { ConsentChange } from './consent-change';
import type { ConsentLedger } from './consent-ledger';

/** The ledger in this process alone: gone when it ends. */
export const inMemoryConsentLedger = (): ConsentLedger => {
  const kept = new Map<string, ConsentChange>();
  return {
    keep: (changes) => {
      for (const change of changes) {
        const id = `${change.phone}:${change.sequence}:${change.index}`;
        if (!kept.has(id)) kept.set(id, change);
      }
      return Promise.resolve();
    },
    forget: (phone, before) => {
      for (const [id, each] of kept) if (each.phone === phone && each.sequence < before) kept.delete(id);
      return Promise.resolve();
    },
    of: (phone) =>
      Promise.resolve(
        [...kept.values()]
          .filter((change) => change.phone === phone)
          .sort((one, other) => one.sequence - other.sequence || one.index - other.index),
      ),
  };
};
