import { randomUUID } from 'node:crypto';
import type { LocalDate } from '@stopcovid/calendar';
import { groupCounts, isWithin } from '../figures/grouped';
import { countsOf, counts as doesCount, addRunCounts, type GroupedRun } from '../figures/run-facts';
import { groupBy } from '@stopcovid/runtime';
import type { DrillRun } from '../progress/drill-run';
import { bucketIdOf, cellNameOf, type Bucket, type Cell, type Versions } from './bucket';
import type { Buckets, CountedRuns, Mark, Round } from './buckets';
import { isOfContent } from './counted-questions';
import { questionsByBucket } from './questions-by-bucket';

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

const after = ({ cells, questions }: Versions): Versions => ({ cells: cells + 1, questions: questions + 1 });

/** Buckets in this process alone. */
export const inMemoryBuckets = (now: () => number = Date.now): Buckets => {
  const buckets = new Map<string, Bucket>();
  const versionOf = (id: string): number => buckets.get(id)?.versions.cells ?? 0;
  return {
    ...inMemoryMarks(now),
    ...inMemoryRounds(),
    versions: (keys) =>
      Promise.resolve(
        new Map(
          keys.map(bucketIdOf).flatMap((id) => {
            const versions = buckets.get(id)?.versions;
            return versions === undefined ? [] : [[id, versions] as const];
          }),
        ),
      ),
    save: (recounted) => {
      const lost = recounted.flatMap(({ read, ...counted }) => {
        const id = bucketIdOf(counted.key);
        if (versionOf(id) !== read.cells) return [id];
        buckets.set(id, { ...counted, versions: after(read), areSumsRight: true });
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
    questions: ({ filter, except }) => {
      const left = new Set(except.map(bucketIdOf));
      const { employerId, employers } = filter;
      const fitting = [...buckets].flatMap(([id, { key, contents }]) =>
        !left.has(id) &&
        (employerId === undefined || key.employerId === employerId) &&
        isOf(employers, key.employerId) &&
        isWithin(key.day, filter)
          ? contents
          : [],
      );
      return Promise.resolve(fitting.filter((one) => isOfContent(one, filter)));
    },
    version: (employers) =>
      Promise.resolve(
        [...buckets.values()]
          .filter(({ key }) => isOf(employers, key.employerId))
          .reduce((sum, { versions }) => sum + versions.cells, 0)
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

async function* each(runs: readonly DrillRun[]): AsyncGenerator<DrillRun> {
  yield* runs;
}

/** What buckets are counted from, of runs that this process keeps. */
export const inMemoryCountedRuns = (runs: () => Iterable<DrillRun>): CountedRuns => {
  const began = (day: LocalDate, employers: readonly (string | null)[] | undefined) =>
    [...runs()]
      .filter(doesCount)
      .filter(({ groups }) => groups.day === day && (employers?.includes(groups.employerId ?? null) ?? true));
  const grouped = () => [...runs()].flatMap(({ groups }) => (groups === undefined ? [] : [groups]));
  return {
    cellsOn: (day, employers) => Promise.resolve(cellsOf(began(day, employers))),
    questionsOn: (day, employers) => questionsByBucket(each(began(day, employers))),
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
