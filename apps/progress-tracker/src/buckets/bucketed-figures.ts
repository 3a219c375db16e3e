import { addGroups, groupCounts } from '../figures/grouped';
import type { RunFigures, VersionedFigures } from '../figures/run-figures';
import { distinctKeys, type BucketKey, type Cell } from './bucket';
import type { Buckets, CountedRuns } from './buckets';

/* With more than that behind, all runs are as quick as so many buckets of them. */
const mostMarks = 1_000;
const mostCounted = 200;

/** The runs, and what is kept of them. */
export type Bucketed = {
  readonly figures: RunFigures;
  readonly runs: CountedRuns;
  readonly buckets: Buckets;
};

/** The cells of these buckets, as their runs are now. */
export const recounted = async (
  runs: Pick<CountedRuns, 'cellsOn'>,
  keys: readonly BucketKey[],
): Promise<readonly Cell[]> => {
  const cells: Cell[] = [];
  for (const day of new Set(keys.map((key) => key.day))) {
    const employers = keys.filter((key) => key.day === day).map(({ employerId }) => employerId);
    cells.push(...(await runs.cellsOn(day, employers)));
  }
  return cells;
};

const isOf = (employers: readonly string[] | undefined, { employerId }: BucketKey): boolean =>
  employers === undefined || (employerId !== null && employers.includes(employerId));

/**
 * Figures that count buckets, and the runs of those that are marked: as exact as the runs themselves, of which there may
 * be many. The marks are read first, so that all that was written before is in one or the other.
 */
export const bucketedFigures = ({ figures, runs, buckets }: Bucketed): VersionedFigures => {
  let areBuilt = false;
  const built = async (): Promise<boolean> => (areBuilt ||= (await buckets.lastDone('built')) !== undefined);
  const marked = async (): Promise<readonly BucketKey[] | undefined> => {
    if (!(await built())) return undefined;
    const marks = await buckets.marks(mostMarks);
    return marks.length === mostMarks ? undefined : distinctKeys(marks.flatMap(({ keys }) => keys));
  };
  return {
    ...figures,
    counts: async (filter, by) => {
      const except = await marked();
      const counted = except?.filter(
        ({ employerId, day }) =>
          (filter.employerId === undefined || employerId === filter.employerId) &&
          (filter.from === undefined || day >= filter.from) &&
          (filter.until === undefined || day < filter.until),
      );
      if (counted === undefined || counted.length > mostCounted) return figures.counts(filter, by);
      const [groups, cells] = await Promise.all([
        buckets.counts({ filter, by, except: counted }),
        recounted(runs, counted),
      ]);
      return addGroups([...groups, ...groupCounts(cells, filter, by)], by);
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
