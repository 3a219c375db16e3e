import { modelOf } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
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
      const found = await model
        .find({ hold: { $in: [...holds] } }, { _id: 0, heldAt: 0 })
        .lean<HeldCommand[]>();
      return inOrder(found);
    },
    async drop(commands) {
      await model.deleteMany({ _id: { $in: commands.map(heldId) } });
    },
    async queues(partitions) {
      const found = await model
        .find({ partition: { $in: [...partitions] } }, { _id: 0, heldAt: 0 })
        .lean<HeldCommand[]>();
      return queuesOf(found);
    },
  };
};
