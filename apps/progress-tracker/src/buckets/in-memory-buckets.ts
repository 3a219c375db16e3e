import { randomUUID } from 'node:crypto';
import type { LocalDate } from '@stopcovid/calendar';
import { groupCounts } from '../figures/grouped';
import { countsOf, counts as doesCount, addRunCounts, type GroupedRun } from '../figures/run-facts';
import { groupBy } from '../group-by';
import type { DrillRun } from '../progress/drill-run';
import { bucketIdOf, cellNameOf, type Bucket, type Cell } from './bucket';
import type { Buckets, CountedRuns, Mark, Round } from './buckets';

const firstAfter = (days: Iterable<LocalDate>, after: LocalDate | undefined): LocalDate | undefined =>
  [...days].filter((day) => after === undefined || day > after).sort()[0];

const isOf = (employers: readonly string[] | undefined, employerId: string | null): boolean =>
  employers === undefined || (employerId !== null && employers.includes(employerId));

const inMemoryMarks = (now: () => number): Pick<Buckets, 'mark' | 'written' | 'marks' | 'remove'> => {
  const marks = new Map<string, Mark>();
  return {
    mark: (keys) => {
      const mark: Mark = { id: randomUUID(), keys, at: new Date(now()), written: false };
      marks.set(mark.id, mark);
      return Promise.resolve(mark);
    },
    written: (mark) => {
      marks.set(mark.id, { ...mark, written: true });
      return Promise.resolve();
    },
    marks: (limit) =>
      Promise.resolve(
        [...marks.values()].sort((one, other) => one.at.getTime() - other.at.getTime()).slice(0, limit),
      ),
    remove: (removed) => {
      for (const { id } of removed) marks.delete(id);
      return Promise.resolve();
    },
  };
};

const inMemoryRounds = (): Pick<Buckets, 'lastDone' | 'noteDone'> => {
  const rounds = new Map<Round, Date>();
  return {
    lastDone: (round) => Promise.resolve(rounds.get(round)),
    noteDone: (round, at) => {
      rounds.set(round, at);
      return Promise.resolve();
    },
  };
};

/** Buckets in this process alone. */
export const inMemoryBuckets = (now: () => number = Date.now): Buckets => {
  const buckets = new Map<string, Bucket>();
  const versionOf = (id: string): number => buckets.get(id)?.version ?? 0;
  return {
    ...inMemoryMarks(now),
    ...inMemoryRounds(),
    versions: (keys) =>
      Promise.resolve(
        new Map(
          keys.map(bucketIdOf).flatMap((id) => (buckets.has(id) ? [[id, versionOf(id)] as const] : [])),
        ),
      ),
    save: (recounted) => {
      const lost = recounted.flatMap(({ bucket, readVersion }) => {
        const id = bucketIdOf(bucket.key);
        if (versionOf(id) !== readVersion) return [id];
        buckets.set(id, bucket);
        return [];
      });
      return Promise.resolve(new Set(lost));
    },
    on: (day) => Promise.resolve([...buckets.values()].filter(({ key }) => key.day === day)),
    nextDay: (after) =>
      Promise.resolve(
        firstAfter(
          [...buckets.values()].map(({ key }) => key.day),
          after,
        ),
      ),
    counts: ({ filter, by, except }) => {
      const left = new Set(except.map(bucketIdOf));
      const cells = [...buckets].flatMap(([id, bucket]) => (left.has(id) ? [] : bucket.cells));
      return Promise.resolve(groupCounts(cells, filter, by));
    },
    version: (employers) =>
      Promise.resolve(
        [...buckets.values()]
          .filter(({ key }) => isOf(employers, key.employerId))
          .reduce((sum, { version }) => sum + version, 0)
          .toString(),
      ),
  };
};

const cellOf = (run: GroupedRun): Cell => {
  const { employerId, unitId, labels, language, day } = run.groups;
  return {
    drill: run.drill,
    revision: run.revision,
    reason: run.reason,
    groups: {
      ...(employerId === undefined ? {} : { employerId }),
      ...(unitId === undefined ? {} : { unitId }),
      ...(labels === undefined ? {} : { labels }),
      language,
      day,
    },
    counts: countsOf(run),
  };
};

const cellsOf = (runs: readonly GroupedRun[]): readonly Cell[] => {
  const alike = groupBy(runs.map(cellOf), (cell) =>
    JSON.stringify([cell.groups.employerId ?? null, cellNameOf(cell)]),
  );
  return [...alike.values()].map((cells) => ({
    ...cells[0],
    counts: addRunCounts(cells.map(({ counts }) => counts)),
  }));
};

/** What buckets are counted from, of runs that this process keeps. */
export const inMemoryCountedRuns = (runs: () => Iterable<DrillRun>): CountedRuns => {
  const grouped = () => [...runs()].flatMap(({ groups }) => (groups === undefined ? [] : [groups]));
  return {
    cellsOn: (day, employers) =>
      Promise.resolve(
        cellsOf(
          [...runs()]
            .filter(doesCount)
            .filter(
              ({ groups }) => groups.day === day && (employers?.includes(groups.employerId ?? null) ?? true),
            ),
        ),
      ),
    employersOn: (day) =>
      Promise.resolve([
        ...new Set(grouped().flatMap((each) => (each.day === day ? [each.employerId ?? null] : []))),
      ]),
    nextDay: (after) =>
      Promise.resolve(
        firstAfter(
          grouped().map(({ day }) => day),
          after,
        ),
      ),
  };
};
