import type { History, HistoryEntry } from './history';

/** The history in this process alone: gone when it ends. */
export const inMemoryHistory = (): History => {
  const kept = new Map<string, HistoryEntry>();
  return {
    keep: (entries) => {
      for (const entry of entries) {
        const id = `${entry.phone}:${entry.sequence}`;
        if (!kept.has(id)) kept.set(id, entry);
      }
      return Promise.resolve();
    },
    forget: (phone, before) => {
      for (const [id, each] of kept) if (each.phone === phone && each.sequence < before) kept.delete(id);
      return Promise.resolve();
    },
    of: (phone, { after, limit }) =>
      Promise.resolve(
        [...kept.values()]
          .filter((entry) => entry.phone === phone && entry.sequence > after)
          .sort((one, other) => one.sequence - other.sequence)
          .slice(0, limit),
      ),
  };
};
