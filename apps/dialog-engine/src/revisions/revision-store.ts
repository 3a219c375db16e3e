import type { DrillHash, DrillRevision } from '@stopcovid/contracts';
import type { Stored } from '@stopcovid/mongo';
import { LatestMap } from '@stopcovid/runtime';

/** What stands under hashes. Unreadable: somebody else's hand was in it, or a later release wrote it. */
export type FoundRevisions = ReadonlyMap<DrillHash, Stored<DrillRevision>>;

/** Where drill revisions are kept for as long as a dialog may point at one. Throws when it cannot be reached. */
export interface RevisionStore {
  /** What is known of those hashes; one that cannot be read keeps no other from being found. */
  load(hashes: readonly DrillHash[]): Promise<FoundRevisions>;
  /** Keeps revisions; one that is known stays as it is. */
  save(revisions: readonly DrillRevision[]): Promise<void>;
}

const readable = (value: DrillRevision): readonly [DrillHash, Stored<DrillRevision>] => [
  value.hash,
  { kind: 'readable', value },
];

/** Revisions that nothing outlives: for the playground and for tests. */
export const inMemoryRevisionStore = (): RevisionStore => {
  const kept = new Map<DrillHash, DrillRevision>();
  return {
    async load(hashes) {
      return new Map(hashes.flatMap((hash) => kept.get(hash) ?? []).map(readable));
    },
    async save(revisions) {
      for (const revision of revisions) if (!kept.has(revision.hash)) kept.set(revision.hash, revision);
    },
  };
};

/** Never asks twice for what never changes, and again for what could not be read; keeps at most `capacity` revisions. */
export const cachedRevisionStore = (store: RevisionStore, capacity = 1_000): RevisionStore => {
  const known = new LatestMap<DrillHash, DrillRevision>(capacity);
  const remember = (revisions: Iterable<DrillRevision>): void => {
    for (const revision of revisions) known.set(revision.hash, revision);
  };
  return {
    async load(hashes) {
      const missing = hashes.filter((hash) => !known.has(hash));
      const cached = hashes.flatMap((hash) => known.get(hash) ?? []);
      const loaded: FoundRevisions = missing.length > 0 ? await store.load(missing) : new Map();
      remember([...loaded.values()].flatMap((found) => (found.kind === 'readable' ? found.value : [])));
      return new Map([...cached.map(readable), ...loaded]);
    },
    async save(revisions) {
      const added = revisions.filter(({ hash }) => !known.has(hash));
      if (added.length === 0) return;
      await store.save(added);
      remember(added);
    },
  };
};
