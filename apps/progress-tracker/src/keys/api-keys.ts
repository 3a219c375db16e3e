import { holdsAt, type ApiKey } from './api-key';

/** How often at most it is put on record that a key was used, in milliseconds. */
export const notedEveryMs = 60_000;

/** Keys, and the names of those that cannot be read: nobody gets in by these. */
export type KeyList = { readonly keys: readonly ApiKey[]; readonly unreadable: readonly string[] };

/** The API keys that admins gave. All methods reject when the store cannot be reached. */
export interface ApiKeys {
  /** False when there is one of this name, or was: nothing changes then. */
  add(key: ApiKey): Promise<boolean>;
  /** By name, also those that hold no more. */
  all(): Promise<KeyList>;
  /** Those that hold at a moment, in no order. */
  holding(at: Date): Promise<KeyList>;
  /** From now on it lets nobody in. False when there is none of this name that was not revoked before. */
  revoke(name: string, revoked: { readonly by: string; readonly at: Date }): Promise<boolean>;
  /** Puts on record that a key was used, unless that was within the last minute. */
  used(name: string, at: Date): Promise<void>;
}

/** Keys in memory: gone when the process ends. */
export const inMemoryApiKeys = (): ApiKeys => {
  const kept = new Map<string, ApiKey>();
  const all = (): readonly ApiKey[] =>
    [...kept.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  return {
    add: (key) => {
      const isNew = !kept.has(key.name);
      if (isNew) kept.set(key.name, key);
      return Promise.resolve(isNew);
    },
    all: () => Promise.resolve({ keys: all(), unreadable: [] }),
    holding: (at) => Promise.resolve({ keys: all().filter((key) => holdsAt(key, at)), unreadable: [] }),
    revoke: (name, revoked) => {
      const key = kept.get(name);
      const isHeld = key !== undefined && key.revoked === undefined;
      if (isHeld) kept.set(name, { ...key, revoked });
      return Promise.resolve(isHeld);
    },
    used: (name, at) => {
      const key = kept.get(name);
      if (key !== undefined && at.getTime() - (key.lastUsedAt?.getTime() ?? -Infinity) >= notedEveryMs)
        kept.set(name, { ...key, lastUsedAt: at });
      return Promise.resolve();
    },
  };
};
