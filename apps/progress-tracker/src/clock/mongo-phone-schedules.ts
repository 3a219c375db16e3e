import { randomUUID } from 'node:crypto';
import type { Phone } from '@stopcovid/contracts';
import { compareAndSet, ensureIndexes, modelOf, readStored } from '@stopcovid/mongo';
import type { Known } from '@stopcovid/projections';
import { Schema, type Connection } from 'mongoose';
import {
  atOnce,
  storedPhoneScheduleSchema,
  type PhoneSchedule,
  type ScheduleDocument,
} from './phone-schedule';
import type { DueSchedules, MarkedPhones, PhoneSchedules, ScheduleWrite } from './phone-schedules';

const scheduleSchema = (collection: string): Schema<ScheduleDocument> =>
  new Schema<ScheduleDocument>(
    { _id: String, partition: Number, nextAt: Number, trainee: Schema.Types.Mixed },
    { collection, strict: false },
  )
    .index({ partition: 1, nextAt: 1 })
    .index({ 'trainee.employerId': 1 });

/* So long a document that cannot be read is left alone, before it is looked at again. */
const putOffMs = 60_000;

type BasisDocument = { readonly _id: number | 'now'; readonly basis?: string; readonly at?: Date };

type AheadDocument = { readonly _id: Phone; readonly nextAt: number };

const changedIn = ({ before, next }: ScheduleWrite): object => {
  const changed: Partial<Record<keyof PhoneSchedule, unknown>> = {};
  for (const name of Object.keys(next) as (keyof PhoneSchedule)[])
    if (name !== 'phone' && next[name] !== before?.[name]) changed[name] = next[name];
  return changed;
};

/* What is as it was read stands there still, or the write loses. The clock changes little of what it reads. */
const changeOf = (write: ScheduleWrite) => {
  const { before, next } = write;
  const writeId = before?.writeId;
  return {
    id: next.phone,
    expected: before?.version ?? 0,
    ...(writeId === undefined ? {} : { writeId }),
    set: { ...changedIn(write), version: next.version },
  };
};

const filterOf = (whose: MarkedPhones): object => {
  if ('phones' in whose) return { _id: { $in: [...whose.phones] } };
  if ('partition' in whose) return { partition: whose.partition };
  if (whose.level === 'trainee') return { _id: whose.phone };
  const employer = { 'trainee.employerId': { $eq: whose.employerId } };
  return whose.level === 'employer' ? employer : { ...employer, 'trainee.unitId': { $eq: whose.unitId } };
};

const knownOf = (document: { readonly _id: Phone }): readonly [Phone, Known<PhoneSchedule>] => [
  document._id,
  readStored(storedPhoneScheduleSchema, document),
];

const dueIn = (documents: readonly ScheduleDocument[]): DueSchedules => {
  const known = documents.map(knownOf);
  return {
    schedules: known.flatMap(([, one]) => (one.kind === 'readable' ? [one.value] : [])),
    unreadable: known.flatMap(([phone, one]) =>
      one.kind === 'unreadable' ? [{ phone, reason: `schedule: ${one.reason}` }] : [],
    ),
  };
};

/** Schedules in MongoDB, a document per phone. Resolves when their indexes are there. */
export const mongoPhoneSchedules = async (
  connection: Connection,
  collection = 'schedule',
): Promise<PhoneSchedules> => {
  await ensureIndexes(connection, [modelOf(connection, collection, scheduleSchema(collection))]);
  const schedules = connection.collection<ScheduleDocument>(collection);
  const bases = connection.collection<BasisDocument>('schedule_bases');
  return {
    load: async (phones) => {
      if (phones.length === 0) return new Map();
      return new Map((await schedules.find({ _id: { $in: [...phones] } }).toArray()).map(knownOf));
    },
    save: async (writes) =>
      (await compareAndSet<ScheduleDocument>(schedules, writes.map(changeOf)))
        .conflicts as ReadonlySet<Phone>,
    due: async ({ partitions, now, limit }) => {
      const found = await schedules
        .find({ partition: { $in: [...partitions] }, nextAt: { $lte: now } })
        .sort({ nextAt: 1 })
        .limit(limit)
        .toArray();
      const due = dueIn(found);
      const phones = due.unreadable.map(({ phone }) => phone as Phone);
      if (phones.length > 0)
        await schedules.updateMany({ _id: { $in: phones } }, { $set: { nextAt: now + putOffMs } });
      return due;
    },
    ahead: async ({ partitions, now, until, limit }) => {
      const found = await schedules
        .find({ partition: { $in: [...partitions] }, nextAt: { $gt: now, $lt: until } })
        .project<AheadDocument>({ nextAt: 1 })
        .sort({ nextAt: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id: phone, nextAt }) => ({ phone, nextAt }));
    },
    mark: async (whose) => {
      await schedules.updateMany(filterOf(whose), {
        $set: { nextAt: atOnce, writeId: `marked-${randomUUID()}` },
      });
    },
    basis: async (partition) => (await bases.findOne({ _id: partition }))?.basis,
    noteBasis: async (partition, basis) => {
      await bases.updateOne({ _id: partition }, { $set: { basis } }, { upsert: true });
    },
    /* A write with the server's own time: every server can do it, and no right beyond reading and writing is needed. */
    now: async () => {
      const stored = await bases.findOneAndUpdate(
        { _id: 'now' },
        { $currentDate: { at: true } },
        { upsert: true, returnDocument: 'after' },
      );
      if (stored?.at === undefined) throw new Error('the database does not tell its time');
      return stored.at.getTime();
    },
  };
};
