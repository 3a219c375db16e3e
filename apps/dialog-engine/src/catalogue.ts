import { compileKeywords, type KeywordIndex } from '@stopcovid/dialog-core';
import {
  fetchCatalogue,
  formatProblem,
  readCatalogue,
  watchCatalogue,
  type Catalogue,
  type CatalogueResult,
  type Problem,
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

/** Who hears what became of the drills after the start. */
export interface CatalogueListener {
  /** The drills were read and are the ones in use. */
  same(): void;
  changed(catalogue: Catalogue): void;
  /** The old catalogue serves on. */
  refused(problems: readonly Problem[]): void;
  failed(error: unknown): void;
}

/** Where the drills are kept: a folder, or a bundle of its files behind an address. */
export type CataloguePlace = { readonly directory: string } | { readonly url: string };

export type WatchedCatalogue = {
  readonly place: CataloguePlace;
  readonly everyMs: number;
  readonly revisions: RevisionStore;
  readonly listener: CatalogueListener;
};

/** The drills of a place, read again when they change. Throws with every problem when they cannot be used at all. */
export const watchedCatalogue = async (watched: WatchedCatalogue): Promise<CatalogueSource> => {
  const { place, everyMs, revisions, listener } = watched;
  let current = compile(await readOrRefuse(place));
  await revisions.save([...current.catalogue.revisions.values()]);
  const watch = watchCatalogue({
    ...place,
    everyMs,
    onChange: (catalogue) => {
      if (catalogue.version === current.catalogue.version) return listener.same();
      current = compile(catalogue);
      listener.changed(catalogue);
      revisions.save([...catalogue.revisions.values()]).catch((error: unknown) => listener.failed(error));
    },
    onRefused: (problems) => listener.refused(problems),
  });
  return { current: () => current, close: () => watch.close() };
};

const readOrRefuse = async (place: CataloguePlace): Promise<Catalogue> => {
  const name = 'directory' in place ? place.directory : place.url;
  const read = 'directory' in place ? await readCatalogue(place.directory) : await fetched(place.url);
  if (read.ok) return read.catalogue;
  throw new Error(`the drills in ${name} cannot be used:\n${read.problems.map(formatProblem).join('\n')}`);
};

const fetched = async (url: string): Promise<CatalogueResult> => {
  const answer = await fetchCatalogue({ url });
  if (answer.status === 'fetched') return answer.result;
  throw new Error(
    `the drills at ${url} cannot be fetched: ${'reason' in answer ? answer.reason : answer.status}`,
  );
};

const compile = (catalogue: Catalogue): Current => ({
  catalogue,
  keywords: compileKeywords(catalogue.keywords),
});
