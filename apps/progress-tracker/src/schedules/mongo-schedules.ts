import { scheduleSettingsSchema } from '@stopcovid/calendar';
import { phoneSchema } from '@stopcovid/contracts';
import { compareAndSet, ensureIndexes, modelOf } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
import { z } from 'zod';
import { readDocument } from '../progress/read-document';
import {
  afterChange,
  idOfOwner,
  ScheduleContended,
  type ScheduleOwner,
  type Schedules,
  type StoredSchedule,
} from './schedules';

const ownerSchema = z.discriminatedUnion('level', [
  z.object({ level: z.literal('employer'), employerId: z.string() }),
  z.object({ level: z.literal('unit'), employerId: z.string(), unitId: z.string() }),
  z.object({ level: z.literal('trainee'), phone: phoneSchema }),
]);

const past = {
  version: z.int().min(1),
  settings: scheduleSettingsSchema,
  changedBy: z.string(),
  changedAt: z.date(),
};

/** What an owner says about the schedule, as stored. */
export const storedScheduleSchema: z.ZodType<StoredSchedule> = z.object({
  ...past,
  owner: ownerSchema,
  history: z.array(z.object(past)),
  marked: z.boolean(),
});

type ScheduleDocument = StoredSchedule & { readonly _id: string; readonly writeId: string };

const schedulesSchema = (collection: string): Schema<ScheduleDocument> =>
  new Schema<ScheduleDocument>({ _id: String, marked: Boolean }, { collection, strict: false }).index({
    marked: 1,
  });

const attempts = 5;

const read = (document: unknown): StoredSchedule => readDocument(storedScheduleSchema, 'schedules', document);

/** The settings in MongoDB, a document per owner. Resolves when their index is there. */
export const mongoSchedules = async (connection: Connection): Promise<Schedules> => {
  await ensureIndexes(connection, [modelOf(connection, 'schedules', schedulesSchema('schedules'))]);
  const schedules = connection.collection<ScheduleDocument>('schedules');
  const of = async (owners: readonly ScheduleOwner[]): Promise<readonly StoredSchedule[]> => {
    if (owners.length === 0) return [];
    return (await schedules.find({ _id: { $in: owners.map(idOfOwner) } }).toArray()).map(read);
  };
  const setOnce = async (...[owner, settings, change]: Parameters<Schedules['set']>) => {
    const [before] = await of([owner]);
    const next = afterChange(before, { owner, settings }, change);
    if (next === undefined) return before;
    const set = { id: idOfOwner(owner), expected: before?.version ?? 0, set: next };
    const { conflicts } = await compareAndSet<ScheduleDocument>(schedules, [set]);
    return conflicts.size === 0 ? next : undefined;
  };
  return {
    of,
    set: async (owner, settings, change) => {
      for (let attempt = 1; attempt <= attempts; attempt += 1) {
        const stored = await setOnce(owner, settings, change);
        if (stored !== undefined) return stored;
      }
      throw new ScheduleContended(`somebody else changes the schedule of ${owner.level} at the same time`);
    },
    unmarked: async (limit) => (await schedules.find({ marked: false }).limit(limit).toArray()).map(read),
    noteMarked: async (owner, version) => {
      await schedules.updateOne({ _id: idOfOwner(owner), version }, { $set: { marked: true } });
    },
    any: async () => (await schedules.findOne({}, { projection: { _id: 1 } })) !== null,
  };
};
