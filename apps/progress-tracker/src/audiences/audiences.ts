import type { Audience } from './audience';

/** An audience that was saved under a name. */
export type SavedAudience = {
  readonly name: string;
  readonly audience: Audience;
  readonly changedBy: string;
  readonly changedAt: Date;
};

/** The audiences that were saved. Reading throws DocumentUnreadable. */
export interface Audiences {
  /** Replaces what stands under the name. */
  save(saved: SavedAudience): Promise<void>;
  of(name: string): Promise<SavedAudience | undefined>;
  /** By name. */
  all(): Promise<readonly SavedAudience[]>;
  /** Whether there was one. */
  remove(name: string): Promise<boolean>;
}

/** Audiences in memory: gone when the process ends. */
export const inMemoryAudiences = (): Audiences => {
  const kept = new Map<string, SavedAudience>();
  return {
    save: (saved) => Promise.resolve(void kept.set(saved.name, saved)),
    of: (name) => Promise.resolve(kept.get(name)),
    all: () => Promise.resolve([...kept.values()].sort((one, other) => (one.name < other.name ? -1 : 1))),
    remove: (name) => Promise.resolve(kept.delete(name)),
  };
};
