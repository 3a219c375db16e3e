import type { LocalDate } from '@stopcovid/calendar';
import { groupBy } from '../group-by';
import type { CountedGroup, RunFigures } from './run-figures';

/** An employer whose trainees began runs; `null` for runs of trainees who had none. */
export type EmployerExtent = {
  readonly employerId: string | null;
  readonly unitIds: readonly string[];
  readonly trainees: number;
  readonly runs: number;
  /** The last local day on which a run began. */
  readonly lastDay: LocalDate;
};

/** A drill of which runs began. */
export type DrillExtent = {
  readonly drill: string;
  readonly revisions: readonly string[];
  readonly languages: readonly string[];
  readonly runs: number;
  readonly completed: number;
  /** The last local day on which a run began. */
  readonly lastDay: LocalDate;
};

const distinct = (names: readonly (string | null | undefined)[]): readonly string[] =>
  [...new Set(names.flatMap((name) => name ?? []))].sort();

const sumOf = (parts: readonly CountedGroup[], key: 'assigned' | 'completed'): number =>
  parts.reduce((sum, { counts }) => sum + counts[key], 0);

const lastOf = (parts: readonly CountedGroup[]): LocalDate =>
  distinct(parts.map(({ name }) => name.day)).at(-1) as LocalDate;

const byName = (one: string | null, other: string | null): number => ((one ?? '') < (other ?? '') ? -1 : 1);

/** The employers whose trainees began runs, in the order of their names. */
export const employersIn = async (figures: RunFigures): Promise<readonly EmployerExtent[]> => {
  const [employers, units] = await Promise.all([
    figures.extents({}, ['employerId']),
    figures.counts({}, ['employerId', 'unitId']),
  ]);
  const unitsOf = groupBy(units, ({ name }) => JSON.stringify(name.employerId));
  return employers
    .map(({ name: { employerId = null }, trainees, runs, lastDay }) => ({
      employerId,
      unitIds: distinct((unitsOf.get(JSON.stringify(employerId)) ?? []).map(({ name }) => name.unitId)),
      trainees,
      runs,
      lastDay,
    }))
    .sort((one, other) => byName(one.employerId, other.employerId));
};

/** The drills of which runs began, in the order of their names. */
export const drillsIn = async (figures: RunFigures): Promise<readonly DrillExtent[]> => {
  /* Counted ones come from buckets: nothing here takes a look at every run. */
  const [found, byDay] = await Promise.all([
    figures.counts({}, ['drill', 'revision', 'language']),
    figures.counts({}, ['drill', 'day']),
  ]);
  const days = groupBy(byDay, ({ name }) => name.drill ?? '');
  return [...groupBy(found, ({ name }) => name.drill ?? '')]
    .map(([drill, parts]) => ({
      drill,
      revisions: distinct(parts.map(({ name }) => name.revision)),
      languages: distinct(parts.map(({ name }) => name.language)),
      runs: sumOf(parts, 'assigned'),
      completed: sumOf(parts, 'completed'),
      lastDay: lastOf(days.get(drill) ?? []),
    }))
    .sort((one, other) => byName(one.drill, other.drill));
};
