import type { LocalDate } from '@stopcovid/calendar';
import { addGroups, groupCounts, isWithin } from '../figures/grouped';
import { addContents } from '../figures/question-table';
import type { DrillFilter, RunFigures, RunFilter, VersionedFigures } from '../figures/run-figures';
import { distinctKeys, type BucketKey, type Cell } from './bucket';
import type { Buckets, CountedRuns, KeyedContents } from './buckets';
import { isByContent, isOfContent } from './counted-questions';

/* With more than that behind, all runs are as quick as so many buckets of them. */
const mostMarks = 1_000;
const mostCounted = 200;

/** The runs, and what is kept of them. */
export type Bucketed = {
  readonly figures: RunFigures;
  readonly runs: CountedRuns;
  readonly buckets: Buckets;
};

const byDay = async <Part>(
  keys: readonly BucketKey[],
  countOn: (day: LocalDate, employers: readonly (string | null)[]) => Promise<readonly Part[]>,
): Promise<readonly Part[]> => {
  const parts: Part[] = [];
  for (const day of new Set(keys.map((key) => key.day))) {
    const employers = keys.filter((key) => key.day === day).map(({ employerId }) => employerId);
    parts.push(...(await countOn(day, employers)));
  }
  return parts;
};

/** The cells of these buckets, as their runs are now. */
export const recounted = (
  runs: Pick<CountedRuns, 'cellsOn'>,
  keys: readonly BucketKey[],
): Promise<readonly Cell[]> => byDay(keys, runs.cellsOn);

/** The questions of these buckets, as their runs are now. */
export const recountedQuestions = (
  runs: Pick<CountedRuns, 'questionsOn'>,
  keys: readonly BucketKey[],
): Promise<readonly KeyedContents[]> => byDay(keys, runs.questionsOn);

const isOf = (employers: readonly string[] | undefined, { employerId }: BucketKey): boolean =>
  employers === undefined || (employerId !== null && employers.includes(employerId));

const isAskedFor = (key: BucketKey, { employerId, employers, ...span }: RunFilter): boolean =>
  (employerId === undefined || key.employerId === employerId) &&
  isOf(employers, key) &&
  isWithin(key.day, span);

const contentsIn = (fresh: readonly KeyedContents[], filter: DrillFilter) =>
  fresh.flatMap(({ contents }) => contents.filter((content) => isOfContent(content, filter)));

/**
 * Figures that count buckets, and the runs of those that are marked: as exact as the runs themselves, of which there may
 * be many. The marks are read first, so that all that was written before is in one or the other.
 */
export const bucketedFigures = ({ figures, runs, buckets }: Bucketed): VersionedFigures => {
  let areBuilt = false;
  const built = async (): Promise<boolean> => (areBuilt ||= (await buckets.lastDone('built')) !== undefined);
  /* Undefined where all runs are as quick as the buckets. */
  const marked = async (filter: RunFilter): Promise<readonly BucketKey[] | undefined> => {
    if (!(await built())) return undefined;
    const marks = await buckets.marks(mostMarks);
    if (marks.length === mostMarks) return undefined;
    const keys = distinctKeys(marks.flatMap((mark) => mark.keys)).filter((key) => isAskedFor(key, filter));
    return keys.length > mostCounted ? undefined : keys;
  };
  return {
    ...figures,
    counts: async (filter, by) => {
      const counted = await marked(filter);
      if (counted === undefined) return figures.counts(filter, by);
      const [groups, cells] = await Promise.all([
        buckets.counts({ filter, by, except: counted }),
        recounted(runs, counted),
      ]);
      return addGroups([...groups, ...groupCounts(cells, filter, by)], by);
    },
    questions: async (filter) => {
      const counted = isByContent(filter) ? await marked(filter) : undefined;
      if (counted === undefined) return figures.questions(filter);
      const [kept, fresh] = await Promise.all([
        buckets.questions({ filter, except: counted }),
        recountedQuestions(runs, counted),
      ]);
      return addContents([...kept, ...contentsIn(fresh, filter)]);
    },
    version: async (employers) => {
      if (!(await built())) return undefined;
      /* Before the sum: what is removed between the two has changed it. */
      const marks = await buckets.marks(mostMarks);
      const own = marks.filter(({ keys }) => keys.some((key) => isOf(employers, key)));
      if (marks.length === mostMarks || own.some(({ written }) => !written)) return undefined;
      return [await buckets.version(employers), ...own.map(({ id }) => id).sort()].join();
    },
  };
};
