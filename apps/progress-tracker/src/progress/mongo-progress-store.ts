import type { DrillRunId, Phone } from '@stopcovid/contracts';
import { compareAndSet, ensureIndexes, modelOf, type Change } from '@stopcovid/mongo';
import type { Connection, Model } from 'mongoose';
import { fromRun, runsSchema, toRun, type RunDocument } from './mongo-runs';
import {
  filterOf,
  fromTrainee,
  personProjection,
  toPersonsPhone,
  toTrainee,
  traineesSchema,
  type TraineeDocument,
} from './mongo-trainees';
import type { ProgressStore, Projected } from './progress-store';

type Writes<T> = readonly (Change<T> & { readonly phone: Phone })[];

/** The phones of the documents that another writer changed first. */
const save = async <T extends TraineeDocument | RunDocument>(
  model: Model<T>,
  writes: Writes<T>,
): Promise<ReadonlySet<Phone>> => {
  const { conflicts } = await compareAndSet<T>(
    model.collection,
    writes.map(({ phone: _phone, ...change }) => change),
  );
  return new Set(writes.flatMap(({ id, phone }) => (conflicts.has(id) ? [phone] : [])));
};

const readAs = ({ readVersion, readMark }: Omit<Projected<unknown>, 'next'>) => ({
  expected: readVersion,
  ...(readMark === undefined ? {} : { writeId: readMark }),
});

const runWrites = (changed: Parameters<ProgressStore['save']>[0]): Writes<RunDocument> =>
  changed.map(({ next, ...read }) => ({
    phone: next.phone,
    id: next.runId,
    ...readAs(read),
    set: fromRun(next),
  }));

const traineeWrites = (changed: Parameters<ProgressStore['save']>[1]): Writes<TraineeDocument> =>
  changed.map(({ next, ...read }) => ({
    phone: next.phone,
    id: next.phone,
    ...readAs(read),
    set: fromTrainee(next),
  }));

const keyed = <K, V>(values: readonly V[], keyOf: (value: V) => K): ReadonlyMap<K, V> =>
  new Map(values.map((value) => [keyOf(value), value]));

const marksOf = (documents: readonly { _id: Phone | DrillRunId; writeId?: string }[]) =>
  documents.flatMap(({ _id, writeId }) => (writeId === undefined ? [] : [[_id, writeId] as const]));

/** Which collections hold the projections. */
export type ProgressCollections = { readonly trainees: string; readonly runs: string };

/** The collections that the service writes. */
export const liveCollections: ProgressCollections = { trainees: 'trainees', runs: 'drill_runs' };

/** Projections in MongoDB: trainees by phone and drill runs by run. Resolves when their indexes are there. */
export const mongoProgressStore = async (
  connection: Connection,
  collections: ProgressCollections = liveCollections,
): Promise<ProgressStore> => {
  const trainees = modelOf(connection, collections.trainees, traineesSchema(collections.trainees));
  const runs = modelOf(connection, collections.runs, runsSchema(collections.runs));
  await ensureIndexes(connection, [trainees, runs]);

  return {
    load: async (phones, runIds) => {
      const [people, drills] = await Promise.all([
        phones.length === 0 ? [] : trainees.find({ _id: { $in: [...phones] } }).lean(),
        runIds.length === 0 ? [] : runs.find({ _id: { $in: [...runIds] } }).lean(),
      ]);
      return {
        trainees: keyed(people.map(toTrainee), ({ phone }) => phone),
        runs: keyed(drills.map(toRun), ({ runId }) => runId),
        marks: new Map([...marksOf(people), ...marksOf(drills)]),
      };
    },
    save: async (changedRuns, changedTrainees) => {
      const lost = await save(runs, runWrites(changedRuns));
      const kept = changedTrainees.filter(({ next }: Projected<{ phone: Phone }>) => !lost.has(next.phone));
      return new Set([...lost, ...(await save(trainees, traineeWrites(kept)))]);
    },
    trainee: async (phone) => {
      const document = await trainees.findById(phone).lean();
      return document === null ? undefined : toTrainee(document);
    },
    runsOf: async (phone, limit) => {
      const found = await runs.find({ phone }).sort({ startedVersion: -1 }).limit(limit).lean();
      return found.map(toRun);
    },
    trainees: async (filter, { after, limit }) => {
      const found = await trainees
        .find({ ...filterOf(filter), ...(after === undefined ? {} : { _id: { $gt: after } }) })
        .sort({ _id: 1 })
        .limit(limit + 1)
        .lean();
      const items = found.slice(0, limit).map(toTrainee);
      const last = items.at(-1);
      return found.length > limit && last ? { items, next: last.phone } : { items };
    },
    phonesOfPersons: async (personIds) => {
      const found = await trainees
        .find({ 'trainee.account.personId': { $in: [...personIds] }, ...filterOf({ registered: true }) })
        .select(personProjection)
        .lean();
      return found.map(toPersonsPhone);
    },
  };
};
