import type { Filters } from '../address';
import type { DrillsAnswer, EmployersAnswer } from '../answers';
import { useAnswer } from '../ask';
import { callOf, routes } from '../routes';
import { languageName, readable } from '../words';

/** What a filter can be set to. */
export type Option = { readonly value: string; readonly name: string };

export type Choices = {
  /** The server's day, which need not be the browser's. */
  readonly today: string;
  readonly employers: readonly Option[];
  /** Those of the employer that is chosen. */
  readonly units: readonly Option[];
  readonly drills: readonly Option[];
  readonly languages: readonly Option[];
};

const options = (
  names: readonly (string | null)[],
  nameOf = (name: string): string => name,
): readonly Option[] =>
  [...new Set(names.flatMap((name) => name ?? []))].sort().map((value) => ({ value, name: nameOf(value) }));

const employersOf = ({ asOf, employers }: EmployersAnswer, employer: string | undefined) => ({
  today: asOf.slice(0, 10),
  employers: options(employers.map(({ employerId }) => employerId)),
  units: options(employers.find(({ employerId }) => employerId === employer)?.unitIds ?? []),
});

const drillsOf = ({ drills }: DrillsAnswer) => ({
  drills: options(
    drills.map(({ drill }) => drill),
    readable,
  ),
  languages: options(
    drills.flatMap(({ languages }) => languages),
    languageName,
  ),
});

/** What there is to choose from, as far as answers are there: whatever had a run, whichever filters are set. */
export const useChoices = ({ employer }: Filters): Choices => {
  const employers = useAnswer(callOf(routes.employers, { query: { trainees: 'false' } }));
  const drills = useAnswer(callOf(routes.drills));
  return {
    ...(employers.is === 'here'
      ? employersOf(employers.body, employer)
      : { today: new Date().toISOString().slice(0, 10), employers: [], units: [] }),
    ...(drills.is === 'here' ? drillsOf(drills.body) : { drills: [], languages: [] }),
  };
};
