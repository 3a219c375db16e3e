import { fetchBundle } from './bundle';
import type { Catalogue } from './catalogue';
import { readSources, unreadable, type Sources } from './directory';
import { formatProblem, type Problem } from './problem';
import { judgeCatalogue, watchSources, type CataloguePlace, type Judge, type Versioned } from './watch';

/** Who hears what became of the drills after the start. */
export interface CatalogueListener<Held = Catalogue> {
  /** The drills were read again and are the ones in use. */
  same(): void;
  changed(held: Held): void;
  /** The old drills serve on. */
  refused(problems: readonly Problem[]): void;
  /** What was refused can be used again; what became of it is told next. */
  repaired(): void;
}

/** What the drills of a place are now; `close` ends the watching. */
export interface FollowedCatalogue<Held = Catalogue> {
  current(): Held;
  close(): void;
}

/** There are drills, and none of them can be used; the message is the list of their problems. */
export class DrillsUnusable extends Error {
  override readonly name = 'DrillsUnusable';

  constructor(
    readonly place: string,
    readonly problems: readonly Problem[],
    /** What names the place. */
    readonly setting: 'DRILLS_DIR' | 'DRILLS_URL' = 'DRILLS_DIR',
  ) {
    super([`the drills in ${place} cannot be used:`, ...problems.map(formatProblem)].join('\n'));
  }
}

/** What may be shown of an address: its query may hold a key. */
const shown = (url: string): string => {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
};

const fetched = async (url: string): Promise<Sources> => {
  const answer = await fetchBundle({ url });
  if (answer.status === 'fetched') return answer.sources;
  const reason = `cannot be fetched: ${'reason' in answer ? answer.reason : answer.status}`;
  throw new DrillsUnusable(shown(url), [unreadable(shown(url), reason)], 'DRILLS_URL');
};

const read = (directory: string): Promise<Sources> =>
  readSources(directory).catch((reason: unknown) => {
    throw new DrillsUnusable(directory, [unreadable(directory, reason)]);
  });

const readOrRefuse = async <Held>(place: CataloguePlace, judge: Judge<Held>): Promise<Held> => {
  const result = judge('directory' in place ? await read(place.directory) : await fetched(place.url));
  if (result.ok) return result.held;
  throw 'directory' in place
    ? new DrillsUnusable(place.directory, result.problems)
    : new DrillsUnusable(shown(place.url), result.problems, 'DRILLS_URL');
};

/** What is followed: where it is, the milliseconds between looks, and who hears of it. */
export type Following<Held = Catalogue> = {
  readonly place: CataloguePlace;
  readonly everyMs: number;
  readonly listener: CatalogueListener<Held>;
};

/** Reads what a place has, and again whenever it changes. Throws with every problem when it cannot be used. */
export const followSources = async <Held extends Versioned>(
  { place, everyMs, listener }: Following<Held>,
  judge: Judge<Held>,
): Promise<FollowedCatalogue<Held>> => {
  let current = await readOrRefuse(place, judge);
  let refused = false;
  const watch = watchSources({
    ...place,
    everyMs,
    judge,
    onChange: (held: Held) => {
      if (refused) listener.repaired();
      refused = false;
      if (held.version === current.version) return listener.same();
      current = held;
      listener.changed(held);
    },
    onRefused: (problems) => {
      refused = true;
      listener.refused(problems);
    },
  });
  return { current: () => current, close: () => watch.close() };
};

/** Reads the drills of a place, and again whenever they change. Throws with every problem when they cannot be used. */
export const followCatalogue = (followed: Following): Promise<FollowedCatalogue> =>
  followSources(followed, judgeCatalogue);
