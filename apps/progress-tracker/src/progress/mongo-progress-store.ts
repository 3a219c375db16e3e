import type { DrillRunId, Phone } from '@stopcovid/contracts';
import { compareAndSet, ensureIndexes, modelOf, readStored, type Change } from '@stopcovid/mongo';
import type { Collection, Connection } from 'mongoose';
import type { z } from 'zod';
import { fromRun, runsSchema, storedRunSchema, type RunDocument } from './mongo-runs';
import {
  employerPath,
  filterOf,
  fromTrainee,
  notErased,
  ofEmployers,
  personProjection,
  storedTraineeSchema,
  toPersonsPhone,
  traineesSchema,
  type TraineeDocument,
} from './mongo-trainees';
import {
  DocumentUnreadable,
  type Employers,
  type KnownProgress,
  type ProgressStore,
  type Projected,
  type UnreadableDocument,
} from './progress-store';

/* The driver's collections: documents are ours to check, and a query of mongoose costs more than its answer. */
type Models = {
  readonly trainees: Collection<TraineeDocument>;
  readonly runs: Collection<RunDocument>;
  readonly collections: ProgressCollections;
};

type Writes<T> = readonly (Change<T> & { readonly phone: Phone })[];

/** The phones of the documents that another writer changed first. */
const save = async <T extends TraineeDocument | RunDocument>(
  collection: Collection<T>,
  writes: Writes<T>,
): Promise<ReadonlySet<Phone>> => {
  const { conflicts } = await compareAndSet<T>(
    collection,
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

type Read<T> = { readonly values: readonly T[]; readonly unreadable: readonly UnreadableDocument[] };

/** What can be read of some documents, and what is wrong with the others. */
const readAll = <T>(schema: z.ZodType<T>, documents: readonly { readonly _id: string }[]): Read<T> => {
  const read = documents.map((document) => ({ id: document._id, stored: readStored(schema, document) }));
  return {
    values: read.flatMap(({ stored }) => (stored.kind === 'readable' ? [stored.value] : [])),
    unreadable: read.flatMap(({ id, stored }) =>
      stored.kind === 'unreadable' ? [{ id, reason: stored.reason }] : [],
    ),
  };
};

const reasonsOf = (
  collection: string,
  { unreadable }: Read<unknown>,
): readonly (readonly [string, string])[] =>
  unreadable.map(({ id, reason }) => [id, `${collection}: ${reason}`] as const);

const marksOf = (documents: readonly { _id: Phone | DrillRunId; writeId?: string }[]) =>
  documents.flatMap(({ _id, writeId }) => (writeId === undefined ? [] : [[_id, writeId] as const]));

/** Which collections hold the projections. */
export type ProgressCollections = { readonly trainees: string; readonly runs: string };

/** The collections that the service writes. */
export const liveCollections: ProgressCollections = { trainees: 'trainees', runs: 'drill_runs' };

type Asked = {
  readonly phones: readonly Phone[];
  readonly runIds: readonly DrillRunId[];
  readonly allRunsOf: readonly Phone[];
};

const load = async (
  { trainees, runs, collections }: Models,
  { phones, runIds, allRunsOf }: Asked,
): Promise<KnownProgress> => {
  /* Trainees are written last, and so read first: what they include is there when their runs are asked for. */
  const people = phones.length === 0 ? [] : await trainees.find({ _id: { $in: [...phones] } }).toArray();
  const [named, others] = await Promise.all([
    runIds.length === 0 ? [] : runs.find({ _id: { $in: [...runIds] } }).toArray(),
    allRunsOf.length === 0 ? [] : runs.find({ phone: { $in: [...allRunsOf] } }).toArray(),
  ]);
  const drills = [...keyed([...named, ...others], ({ _id }) => _id).values()];
  const read = { people: readAll(storedTraineeSchema, people), drills: readAll(storedRunSchema, drills) };
  return {
    trainees: keyed(read.people.values, ({ phone }) => phone),
    runs: keyed(read.drills.values, ({ runId }) => runId),
    marks: new Map([...marksOf(people), ...marksOf(drills)]),
    unreadable: new Map([
      ...reasonsOf(collections.trainees, read.people),
      ...reasonsOf(collections.runs, read.drills),
    ]),
  };
};

const unreadableOf = async (
  { trainees, runs, collections }: Models,
  phones: readonly Phone[],
): Promise<ReadonlyMap<Phone, string>> => {
  const [people, drills] = await Promise.all([
    trainees.find({ _id: { $in: [...phones] } }).toArray(),
    runs.find({ phone: { $in: [...phones] } }).toArray(),
  ]);
  const phoneOf = new Map<string, Phone>(drills.map(({ _id, phone }) => [_id, phone]));
  const [wrongPeople, wrongDrills] = [
    reasonsOf(collections.trainees, readAll(storedTraineeSchema, people)),
    reasonsOf(collections.runs, readAll(storedRunSchema, drills)),
  ];
  return new Map(
    [...wrongPeople, ...wrongDrills].map(([id, reason]) => [phoneOf.get(id) ?? (id as Phone), reason]),
  );
};

const oneOf = (phone: Phone, employers: Employers | undefined) => ({
  _id: { $eq: phone },
  ...notErased,
  ...ofEmployers(employerPath, employers),
});

/** Projections in MongoDB: trainees by phone and drill runs by run. Resolves when their indexes are there. */
export const mongoProgressStore = async (
  connection: Connection,
  collections: ProgressCollections = liveCollections,
): Promise<ProgressStore> => {
  await ensureIndexes(connection, [
    modelOf(connection, collections.trainees, traineesSchema(collections.trainees)),
    modelOf(connection, collections.runs, runsSchema(collections.runs)),
  ]);
  const trainees = connection.collection<TraineeDocument>(collections.trainees);
  const runs = connection.collection<RunDocument>(collections.runs);

  return {
    load: (phones, runIds, allRunsOf = []) =>
      load({ trainees, runs, collections }, { phones, runIds, allRunsOf }),
    save: async (changedRuns, changedTrainees) => {
      const lost = await save(runs, runWrites(changedRuns));
      const kept = changedTrainees.filter(({ next }: Projected<{ phone: Phone }>) => !lost.has(next.phone));
      return new Set([...lost, ...(await save(trainees, traineeWrites(kept)))]);
    },
    unreadable: (phones) => unreadableOf({ trainees, runs, collections }, phones),
    trainee: async (phone, employers) => {
      const document = await trainees.findOne(oneOf(phone, employers));
      if (document === null) return undefined;
      const read = readStored(storedTraineeSchema, document);
      if (read.kind === 'unreadable') throw new DocumentUnreadable(read.reason);
      return read.value;
    },
    runsOf: async (phone, limit, employers) => {
      const found = await runs
        .find({ phone: { $eq: phone }, ...ofEmployers('groups.employerId', employers) })
        .sort({ startedVersion: -1 })
        .limit(limit)
        .toArray();
      return readAll(storedRunSchema, found).values;
    },
    trainees: async (filter, { after, limit }) => {
      const found = await trainees
        .find({ ...filterOf(filter), ...(after === undefined ? {} : { _id: { $gt: after } }) })
        .sort({ _id: 1 })
        .limit(limit + 1)
        .toArray();
      const page = found.slice(0, limit);
      const { values: items, unreadable } = readAll(storedTraineeSchema, page);
      const last = page.at(-1);
      return {
        items,
        ...(unreadable.length === 0 ? {} : { unreadable }),
        ...(found.length > limit && last ? { next: last._id } : {}),
      };
    },
    phonesOfPersons: async (personIds) => {
      const found = await trainees
        .find({ 'trainee.account.personId': { $in: [...personIds] }, ...filterOf({ registered: true }) })
        .project(personProjection)
        .toArray();
      return found.flatMap(toPersonsPhone);
    },
  };
};
