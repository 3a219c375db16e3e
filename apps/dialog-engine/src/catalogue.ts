import { compileKeywords, type KeywordIndex } from '@stopcovid/dialog-core';
import {
  formatProblem,
  readCatalogue,
  watchCatalogue,
  type Catalogue,
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

/** What a watched folder is told to. */
export interface CatalogueListener {
  changed(catalogue: Catalogue): void;
  /** The old catalogue serves on. */
  refused(problems: readonly Problem[]): void;
  failed(error: unknown): void;
}

export type CatalogueFolder = {
  readonly directory: string;
  readonly everyMs: number;
  readonly revisions: RevisionStore;
  readonly listener: CatalogueListener;
};

/** The drills of a folder, read again when they change. Throws with every problem when they cannot be used at all. */
export const catalogueOfFolder = async (folder: CatalogueFolder): Promise<CatalogueSource> => {
  const { directory, everyMs, revisions, listener } = folder;
  let current = compile(await readOrRefuse(directory));
  await revisions.save([...current.catalogue.revisions.values()]);
  const watch = watchCatalogue({
    directory,
    everyMs,
    onChange: (catalogue) => {
      current = compile(catalogue);
      listener.changed(catalogue);
      revisions.save([...catalogue.revisions.values()]).catch((error: unknown) => listener.failed(error));
    },
    onRefused: (problems) => listener.refused(problems),
  });
  return { current: () => current, close: () => watch.close() };
};

const readOrRefuse = async (directory: string): Promise<Catalogue> => {
  const read = await readCatalogue(directory);
  if (read.ok) return read.catalogue;
  throw new Error(
    `the drills in ${directory} cannot be used:\n${read.problems.map(formatProblem).join('\n')}`,
  );
};

const compile = (catalogue: Catalogue): Current => ({
  catalogue,
  keywords: compileKeywords(catalogue.keywords),
});
