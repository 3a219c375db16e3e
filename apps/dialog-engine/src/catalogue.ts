import { compileKeywords, type KeywordIndex } from '@stopcovid/dialog-core';
import {
  followCatalogue,
  type Catalogue,
  type CatalogueListener,
  type CataloguePlace,
} from '@stopcovid/drills';
import type { RevisionStore } from './revisions/revision-store';

/** The drills as they are now, with their keywords ready for lookup. */
export type Current = { readonly catalogue: Catalogue; readonly keywords: KeywordIndex };

/** Which drills there are now. It may answer differently from one call to the next: drills are edited while we run. */
export interface CatalogueSource {
  current(): Current;
  close(): void;
}

/** A catalogue that stays as it is. */
export const fixedCatalogue = (catalogue: Catalogue): CatalogueSource => {
  const current = compile(catalogue);
  return { current: () => current, close: () => undefined };
};

/** Who hears what became of the drills after the start, and that they could not be kept. */
export interface KeepingListener extends CatalogueListener {
  failed(error: unknown): void;
}

export type WatchedCatalogue = {
  readonly place: CataloguePlace;
  readonly everyMs: number;
  readonly revisions: RevisionStore;
  readonly listener: KeepingListener;
};

/** The drills of a place, read again when they change. Throws with every problem when they cannot be used at all. */
export const watchedCatalogue = async (watched: WatchedCatalogue): Promise<CatalogueSource> => {
  const { place, everyMs, revisions, listener } = watched;
  const keep = (catalogue: Catalogue): Promise<void> => revisions.save([...catalogue.revisions.values()]);
  const followed = await followCatalogue({
    place,
    everyMs,
    listener: {
      same: () => listener.same(),
      refused: (problems) => listener.refused(problems),
      repaired: () => listener.repaired(),
      changed: (catalogue) => {
        current = compile(catalogue);
        listener.changed(catalogue);
        keep(catalogue).catch((error: unknown) => listener.failed(error));
      },
    },
  });
  let current = compile(followed.current());
  try {
    await keep(followed.current());
  } catch (error) {
    followed.close();
    throw error;
  }
  return { current: () => current, close: () => followed.close() };
};

const compile = (catalogue: Catalogue): Current => ({
  catalogue,
  keywords: compileKeywords(catalogue.keywords),
});
