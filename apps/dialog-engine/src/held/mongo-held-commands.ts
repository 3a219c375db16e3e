import { phoneSchema } from '@stopcovid/contracts';
import { modelOf, readStored, type Stored } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
import { z } from 'zod';
import type { HoldId } from '../dialogs/dialog-store';
import {
  heldId,
  inOrder,
  queuesOf,
  type HeldCommand,
  type HeldCommands,
  type HeldOverview,
} from './held-commands';

type HeldDocument = HeldCommand & { readonly _id: string; readonly heldAt: Date };

const text = { type: String, required: true };
const schema = new Schema<HeldDocument>(
  {
    _id: text,
    hold: text,
    phone: text,
    commandId: text,
    partition: { type: Number, required: true },
    offset: text,
    value: text,
    heldAt: { type: Date, required: true },
  },
  { collection: 'held_commands', versionKey: false },
);

/** Reads a held command, also one of any earlier release. */
export const heldCommandSchema = z.object({
  hold: z.string(),
  phone: phoneSchema,
  commandId: z.string(),
  partition: z.int().min(0),
  offset: z.string().regex(/^\d+$/),
  value: z.string(),
});

type HeldRow = { readonly hold: HoldId; readonly stored: Stored<HeldCommand> };

const rowOf = (document: HeldDocument): HeldRow => ({
  hold: document.hold,
  stored: readStored(heldCommandSchema, document),
});

const readableOf = (rows: readonly HeldRow[]): readonly HeldCommand[] =>
  rows.flatMap(({ stored }) => (stored.kind === 'readable' ? stored.value : []));

/** Held commands in MongoDB. There are none as long as nothing is broken, so no index but the key is kept. */
export const mongoHeldCommands = (connection: Connection): HeldCommands & HeldOverview => {
  const model = modelOf(connection, 'HeldCommand', schema);
  return {
    async keep(commands) {
      if (commands.length === 0) return;
      const heldAt = new Date();
      await model.bulkWrite(
        commands.map((command) => ({
          updateOne: {
            filter: { _id: heldId(command) },
            update: { $setOnInsert: { ...command, heldAt } },
            upsert: true,
          },
        })),
        { ordered: false },
      );
    },
    async under(holds) {
      const rows = (await model.find({ hold: { $in: [...holds] } }).lean<HeldDocument[]>()).map(rowOf);
      return {
        commands: inOrder(readableOf(rows)),
        unreadable: new Map(
          rows.flatMap(({ hold, stored }) => (stored.kind === 'unreadable' ? [[hold, stored.reason]] : [])),
        ),
      };
    },
    async drop(commands) {
      await model.deleteMany({ _id: { $in: commands.map(heldId) } });
    },
    async queues(partitions) {
      const found = await model.find({ partition: { $in: [...partitions] } }).lean<HeldDocument[]>();
      return queuesOf(readableOf(found.map(rowOf)));
    },
  };
};
