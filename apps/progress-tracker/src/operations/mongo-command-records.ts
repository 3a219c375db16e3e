import { commandIdSchema, phoneSchema } from '@stopcovid/contracts';
import { ensureIndexes, modelOf } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
import { z } from 'zod';
import { readDocument } from '../progress/read-document';
import type { AskedCommand } from './asked-command';
import type { CommandRecords } from './command-records';

const ledToSchema = z.object({ id: z.string(), type: z.string(), reason: z.string().exactOptional() });

const documentSchema = z.object({
  _id: commandIdSchema,
  type: z.string(),
  phone: phoneSchema,
  at: z.date(),
  by: z.string(),
  fingerprint: z.string(),
  /** When it is forgotten. */
  expiresAt: z.date(),
  fate: z.discriminatedUnion('state', [
    z.object({ state: z.literal('accepted') }),
    z.object({
      state: z.literal('decided'),
      at: z.date(),
      version: z.int(),
      events: z.array(ledToSchema).readonly(),
    }),
    z.object({ state: z.literal('deadLettered'), at: z.date(), code: z.string(), reason: z.string() }),
  ]),
});
type CommandDocument = z.infer<typeof documentSchema>;

const schemaOf = (collection: string): Schema<CommandDocument> =>
  new Schema<CommandDocument>(
    { _id: String, expiresAt: Date },
    { collection, versionKey: false, minimize: false },
  ).index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** A document as the domain has it. */
export const storedCommandSchema: z.ZodType<AskedCommand> = documentSchema.transform(
  ({ _id, expiresAt: _forgotten, ...asked }) => ({ commandId: _id, ...asked }),
);

/** How many days a command is on record. */
export const usualKeptDays = 90;

const dayMs = 24 * 60 * 60 * 1_000;

/** The records in MongoDB, a document per command, kept for so many days. Resolves when their index is there. */
export const mongoCommandRecords = async (
  connection: Connection,
  keptDays: number = usualKeptDays,
  collection = 'commands',
): Promise<CommandRecords> => {
  await ensureIndexes(connection, [modelOf(connection, collection, schemaOf(collection))]);
  const commands = connection.collection<CommandDocument>(collection);
  const of: CommandRecords['of'] = async (commandId) => {
    const found = await commands.findOne({ _id: { $eq: commandId } });
    return found === null ? undefined : readDocument(storedCommandSchema, commandId, found);
  };
  return {
    of,
    accept: async ({ commandId, ...asked }) => {
      const expiresAt = new Date(asked.at.getTime() + keptDays * dayMs);
      await commands.updateOne(
        { _id: { $eq: commandId } },
        { $setOnInsert: { ...asked, fate: { ...asked.fate }, expiresAt } },
        { upsert: true },
      );
      return (await of(commandId)) ?? { commandId, ...asked };
    },
    settle: async (settled) => {
      if (settled.length === 0) return;
      await commands.bulkWrite(
        settled.map(({ commandId, fate }) => ({
          updateOne: {
            filter: { _id: commandId, 'fate.state': { $ne: 'decided' } },
            update: { $set: { fate } },
          },
        })),
        { ordered: false },
      );
    },
  };
};
