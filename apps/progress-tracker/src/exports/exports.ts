import { bytesOf, isReady, type Export, type Ready } from './export';

/** Where a list of exports goes on: behind this one. */
export type ExportPlace = { readonly at: Date; readonly id: string };

/** The exports that were asked for. All methods reject when the store cannot be reached. */
export interface Exports {
  /** False when there is one of this id: nothing changes then. */
  add(export_: Export): Promise<boolean>;
  one(id: string): Promise<Export | undefined>;
  /** The latest first, from behind the place on. */
  list(after?: ExportPlace): AsyncIterable<Export>;
  /** The one that has been due the longest, of those that can be read. */
  due(now: Date): Promise<Export | undefined>;
  /** Writes one that is still as it was read, and answers it; undefined when somebody else was first. */
  save<E extends Export>(before: Export, next: E): Promise<E | undefined>;
  /** False when it was not there. */
  remove(id: string): Promise<boolean>;
  /** Those whose file is there, of which webhooks have not been told; a few. */
  untold(): Promise<readonly Ready[]>;
  /** Those that have expired and whose file was not removed; a few. */
  expired(now: Date): Promise<readonly Export[]>;
  /** What all files take up. */
  bytes(): Promise<number>;
}

/** How many are dealt with at one look. */
export const few = 20;

const behind = ({ createdAt, id }: Export, after: ExportPlace | undefined): boolean =>
  after === undefined || createdAt < after.at || (+createdAt === +after.at && id < after.id);

const dueAtOf = ({ standing }: Export): Date | undefined =>
  'dueAt' in standing ? standing.dueAt : undefined;

/** Exports in this process alone: gone when it ends. */
export const inMemoryExports = (): Exports => {
  const kept = new Map<string, Export>();
  const where = (fits: (each: Export) => boolean): readonly Export[] => [...kept.values()].filter(fits);
  return {
    add: (export_) => {
      const isNew = !kept.has(export_.id);
      if (isNew) kept.set(export_.id, export_);
      return Promise.resolve(isNew);
    },
    one: (id) => Promise.resolve(kept.get(id)),
    async *list(after) {
      yield* await Promise.resolve(
        where((each) => behind(each, after)).toSorted(
          (one, other) => +other.createdAt - +one.createdAt || (one.id < other.id ? 1 : -1),
        ),
      );
    },
    due: (now) =>
      Promise.resolve(
        where((each) => (dueAtOf(each) ?? Infinity) <= now).toSorted(
          (one, other) => Number(dueAtOf(one)) - Number(dueAtOf(other)),
        )[0],
      ),
    save: (before, next) => {
      if (kept.get(before.id)?.version !== before.version) return Promise.resolve(undefined);
      const saved = { ...next, version: before.version + 1 };
      kept.set(before.id, saved);
      return Promise.resolve(saved);
    },
    remove: (id) => Promise.resolve(kept.delete(id)),
    untold: () =>
      Promise.resolve([...kept.values()].filter(isReady).filter(({ standing }) => !standing.told)),
    expired: (now) =>
      Promise.resolve(where(({ expiresAt, standing }) => standing.state !== 'expired' && expiresAt <= now)),
    bytes: () => Promise.resolve([...kept.values()].reduce((sum, each) => sum + bytesOf(each), 0)),
  };
};
