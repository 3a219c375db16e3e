import type { DrillHash, DrillRevision } from '@stopcovid/contracts';

/** Where drill revisions are kept for as long as a dialog may point at one. Throws when it cannot be reached. */
export interface RevisionStore {
  /** The revisions of those hashes that are known. */
  load(hashes: readonly DrillHash[]): Promise<ReadonlyMap<DrillHash, DrillRevision>>;
  /** Keeps revisions; one that is known stays as it is. */
  save(revisions: readonly DrillRevision[]): Promise<void>;
}

/** Revisions that nothing outlives: for the playground and for tests. */
export const inMemoryRevisionStore = (): RevisionStore => {
  const kept = new Map<DrillHash, DrillRevision>();
  return {
    async load(hashes) {
      return new Map(hashes.flatMap((hash) => kept.get(hash) ?? []).map((found) => [found.hash, found]));
    },
    async save(revisions) {
      for (const revision of revisions) if (!kept.has(revision.hash)) kept.set(revision.hash, revision);
    },
  };
};

/** Never asks twice for what never changes; keeps at most `capacity` revisions. */
export const cachedRevisionStore = (store: RevisionStore, capacity = 1_000): RevisionStore => {
  const known = new Map<DrillHash, DrillRevision>();
  const remember = (revisions: Iterable<DrillRevision>): void => {
    for (const revision of revisions) known.set(revision.hash, revision);
    for (const oldest of known.keys()) {
      if (known.size <= capacity) break;
      known.delete(oldest);
    }
  };
  return {
    async load(hashes) {
      const missing = hashes.filter((hash) => !known.has(hash));
      const cached = hashes.flatMap((hash) => known.get(hash) ?? []);
      const loaded = missing.length > 0 ? [...(await store.load(missing)).values()] : [];
      remember(loaded);
      return new Map([...cached, ...loaded].map((revision) => [revision.hash, revision]));
    },
    async save(revisions) {
      const added = revisions.filter(({ hash }) => !known.has(hash));
      if (added.length === 0) return;
      await store.save(added);
      remember(added);
    },
  };
};
