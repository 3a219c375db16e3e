import type { LocalDate } from '@stopcovid/calendar';
import { groupBy } from '@stopcovid/runtime';
import type { CountedGroup, RunFigures } from './run-figures';

/** An employer whose trainees began runs; `null` for runs of trainees who had none. */
export type EmployerExtent = {
  readonly employerId: string | null;
  readonly unitIds: readonly string[];
  /** Where they were counted. */
  readonly trainees?: number;
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

type Extent = Omit<EmployerExtent, 'unitIds'>;

const withTrainees = async (figures: RunFigures): Promise<readonly Extent[]> =>
  (await figures.extents({}, ['employerId'])).map(({ name: { employerId = null }, ...extent }) => ({
    employerId,
    trainees: extent.trainees,
    runs: extent.runs,
    lastDay: extent.lastDay,
  }));

const withoutTrainees = async (figures: RunFigures): Promise<readonly Extent[]> => {
  const byDay = await figures.counts({}, ['employerId', 'day']);
  return [...groupBy(byDay, ({ name }) => JSON.stringify(name.employerId)).values()].map((parts) => ({
    employerId: parts[0].name.employerId ?? null,
    runs: sumOf(parts, 'assigned'),
    lastDay: lastOf(parts),
  }));
};

/**
 * The employers whose trainees began runs, in the order of their names. Their trainees are counted from all runs; without
 * that it is as quick as figures are.
 */
export const employersIn = async (
  figures: RunFigures,
  { trainees }: { readonly trainees: boolean },
): Promise<readonly EmployerExtent[]> => {
  const [employers, units] = await Promise.all([
    trainees ? withTrainees(figures) : withoutTrainees(figures),
    figures.counts({}, ['employerId', 'unitId']),
  ]);
  const unitsOf = groupBy(units, ({ name }) => JSON.stringify(name.employerId));
  return employers
    .map((extent) => ({
      ...extent,
      unitIds: distinct(
        (unitsOf.get(JSON.stringify(extent.employerId)) ?? []).map(({ name }) => name.unitId),
      ),
    }))
    .sort((one, other) => byName(one.employerId, other.employerId));
};

/** The drills of which runs began, in the order of their names. */
export const drillsIn = async (figures: RunFigures): Promise<readonly DrillExtent[]> => {
  /* Counted ones come from buckets: nothing here takes a look at every run. */
  const found = await figures.counts({}, ['drill', 'revision', 'language', 'day']);
  return [...groupBy(found, ({ name }) => name.drill ?? '')]
    .map(([drill, parts]) => ({
      drill,
      revisions: distinct(parts.map(({ name }) => name.revision)),
      languages: distinct(parts.map(({ name }) => name.language)),
      runs: sumOf(parts, 'assigned'),
      completed: sumOf(parts, 'completed'),
      lastDay: lastOf(parts),
    }))
    .sort((one, other) => byName(one.drill, other.drill));
};
