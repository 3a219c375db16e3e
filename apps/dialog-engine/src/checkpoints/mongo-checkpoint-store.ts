import { modelOf, readStored } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
import { z } from 'zod';
import type { ResettableCheckpoints } from './checkpoint-store';

type CheckpointDocument = { readonly _id: string; readonly offset: number };

const schema = new Schema<CheckpointDocument>(
  { _id: { type: String, required: true }, offset: { type: Number, required: true } },
  { collection: 'checkpoints', versionKey: false },
);

/** Reads a stored checkpoint, also one of any earlier release. */
export const storedCheckpointSchema = z.object({ _id: z.string(), offset: z.number().int().min(0) });

/** What cannot be read stops its own partition, which says so. */
const offsetIn = (document: unknown): string => {
  const stored = readStored(storedCheckpointSchema, document);
  if (stored.kind === 'readable') return String(stored.value.offset);
  throw new Error(`it is not a checkpoint: ${stored.reason}`);
};

/** Checkpoints in MongoDB, one document per partition. Offsets stay far below what a double counts exactly. */
export const mongoCheckpointStore = (connection: Connection): ResettableCheckpoints => {
  const model = modelOf(connection, 'Checkpoint', schema);
  const id = (topic: string, partition: number): string => `${topic}/${partition}`;
  return {
    async read(topic, partition) {
      const found = await model
        .findById(id(topic, partition), { offset: 1 })
        .lean<CheckpointDocument | null>();
      return found === null ? undefined : offsetIn(found);
    },
    async advance(topic, partition, offset) {
      await model.updateOne(
        { _id: id(topic, partition) },
        { $max: { offset: Number(offset) } },
        { upsert: true },
      );
    },
    async forget(topic, partition) {
      await model.deleteOne({ _id: id(topic, partition) });
    },
  };
};
