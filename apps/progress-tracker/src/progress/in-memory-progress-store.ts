import type { DrillRunId, Phone } from '@stopcovid/contracts';
import type { DrillRun } from './drill-run';
import type { Employers, PersonsPhone, ProgressStore, Projected, TraineeFilter } from './progress-store';
import type { TraineeProgress } from './evolve-progress';

const known = <K, V>(all: ReadonlyMap<K, V>, keys: readonly K[]): ReadonlyMap<K, V> =>
  new Map(
    keys.flatMap((key) => {
      const value = all.get(key);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );

const isOf = (employers: Employers | undefined, employerId: string | undefined): boolean =>
  employers === undefined || (employerId !== undefined && employers.includes(employerId));

/** Whoever was erased is there for the version alone, and is told of to nobody. */
const isErased = ({ erasedAt }: TraineeProgress): boolean => erasedAt instanceof Date;

const fits = ({ employers, ...filter }: TraineeFilter, progress: TraineeProgress): boolean => {
  const { trainee } = progress;
  if (isErased(progress) || !isOf(employers, trainee.account.employerId)) return false;
  const facts: { readonly [K in Exclude<keyof TraineeFilter, 'employers'>]-?: unknown } = {
    employerId: trainee.account.employerId,
    unitId: trainee.account.unitId,
    personId: trainee.account.personId,
    language: trainee.profile.language,
    optedOut: trainee.optedOut,
    registered: trainee.registration !== null,
  };
  return Object.entries(filter).every(
    ([name, wanted]) => wanted === undefined || Reflect.get(facts, name) === wanted,
  );
};

const personsPhone = ({ phone, trainee }: TraineeProgress): readonly PersonsPhone[] => {
  const { employerId, personId } = trainee.account;
  if (personId === undefined || trainee.registration === null) return [];
  const registeredAt = trainee.registration.at;
  return [{ phone, personId, registeredAt, ...(employerId === undefined ? {} : { employerId }) }];
};

/** A store that can be asked for all that it has. */
export type InMemoryProgressStore = ProgressStore & { readonly allRuns: () => Iterable<DrillRun> };

/** Projections in this process alone: gone when it ends. */
export const inMemoryProgressStore = (): InMemoryProgressStore => {
  const trainees = new Map<Phone, TraineeProgress>();
  const runs = new Map<DrillRunId, DrillRun>();

  const saveRun = ({ next, readVersion }: Projected<DrillRun>): readonly Phone[] => {
    if ((runs.get(next.runId)?.version ?? 0) !== readVersion) return [next.phone];
    runs.set(next.runId, next);
    return [];
  };
  const saveTrainee = ({ next, readVersion }: Projected<TraineeProgress>): readonly Phone[] => {
    if ((trainees.get(next.phone)?.version ?? 0) !== readVersion) return [next.phone];
    trainees.set(next.phone, next);
    return [];
  };

  return {
    allRuns: () => runs.values(),
    load: (phones, runIds, allRunsOf = []) => {
      const others = [...runs].flatMap(([id, { phone }]) => (allRunsOf.includes(phone) ? [id] : []));
      return Promise.resolve({
        trainees: known(trainees, phones),
        runs: known(runs, [...runIds, ...others]),
      });
    },
    save: (changedRuns, changedTrainees) => {
      const lost = new Set(changedRuns.flatMap(saveRun));
      const kept = changedTrainees.filter(({ next }) => !lost.has(next.phone));
      return Promise.resolve(new Set([...lost, ...kept.flatMap(saveTrainee)]));
    },
    unreadable: () => Promise.resolve(new Map()),
    trainee: (phone, employers) => {
      const found = trainees.get(phone);
      if (found === undefined || isErased(found)) return Promise.resolve(undefined);
      return Promise.resolve(isOf(employers, found.trainee.account.employerId) ? found : undefined);
    },
    runsOf: (phone, limit, employers) =>
      Promise.resolve(
        [...runs.values()]
          .filter((run) => run.phone === phone && isOf(employers, run.groups?.employerId))
          .sort((a, b) => b.startedVersion - a.startedVersion)
          .slice(0, limit),
      ),
    trainees: (filter, { after, limit }) => {
      const found = [...trainees.values()]
        .filter((progress) => fits(filter, progress) && (after === undefined || progress.phone > after))
        .sort((a, b) => (a.phone < b.phone ? -1 : 1));
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return Promise.resolve(found.length > limit && last ? { items, next: last.phone } : { items });
    },
    phonesOfPersons: (personIds) =>
      Promise.resolve(
        [...trainees.values()].flatMap(personsPhone).filter(({ personId }) => personIds.includes(personId)),
      ),
  };
};
