import type { Catalogue } from './catalogue';
import { readCatalogue, type CatalogueResult } from './directory';
import { formatProblem, type Problem } from './problem';
import { fetchCatalogue, watchCatalogue } from './watch';

/** Where drills are kept: a folder, or a bundle of its files behind an address. */
export type CataloguePlace = { readonly directory: string } | { readonly url: string };

/** Who hears what became of the drills after the start. */
export interface CatalogueListener {
  /** The drills were read again and are the ones in use. */
  same(): void;
  changed(catalogue: Catalogue): void;
  /** The old drills serve on. */
  refused(problems: readonly Problem[]): void;
  /** What was refused can be used again; what became of it is told next. */
  repaired(): void;
}

/** The drills of a place as they are now; `close` ends the watching. */
export interface FollowedCatalogue {
  current(): Catalogue;
  close(): void;
}

/** There are drills, and none of them can be used; the message is the list of their problems. */
export class DrillsUnusable extends Error {
  override readonly name = 'DrillsUnusable';

  constructor(place: string, problems: readonly Problem[]) {
    super([`the drills in ${place} cannot be used:`, ...problems.map(formatProblem)].join('\n'));
  }
}

const fetched = async (url: string): Promise<CatalogueResult> => {
  const answer = await fetchCatalogue({ url });
  if (answer.status === 'fetched') return answer.result;
  throw new Error(
    `the drills at ${url} cannot be fetched: ${'reason' in answer ? answer.reason : answer.status}`,
  );
};

const readOrRefuse = async (place: CataloguePlace): Promise<Catalogue> => {
  const name = 'directory' in place ? place.directory : place.url;
  const read = 'directory' in place ? await readCatalogue(place.directory) : await fetched(place.url);
  if (read.ok) return read.catalogue;
  throw new DrillsUnusable(name, read.problems);
};

/** Reads the drills of a place, and again whenever they change. Throws with every problem when they cannot be used. */
export const followCatalogue = async (followed: {
  readonly place: CataloguePlace;
  /** Milliseconds between looks. */
  readonly everyMs: number;
  readonly listener: CatalogueListener;
}): Promise<FollowedCatalogue> => {
  const { place, everyMs, listener } = followed;
  let current = await readOrRefuse(place);
  let refused = false;
  const watch = watchCatalogue({
    ...place,
    everyMs,
    onChange: (catalogue) => {
      if (refused) listener.repaired();
      refused = false;
      if (catalogue.version === current.version) return listener.same();
      current = catalogue;
      listener.changed(catalogue);
    },
    onRefused: (problems) => {
      refused = true;
      listener.refused(problems);
    },
  });
  return { current: () => current, close: () => watch.close() };
};
