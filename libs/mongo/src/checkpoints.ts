import type { Connection } from 'mongoose';
import { z } from 'zod';
import { readStored } from './stored-document';

type CheckpointDocument = { readonly _id: string; readonly offset: number; readonly acceptedAt?: number };

/** How far a database has come, and when a person last accepted that (milliseconds since 1970; 0: never). */
export type StoredMark = { readonly acceptedAt: number; readonly offset: string };

/** Reads a stored checkpoint, also one of any earlier release. */
export const storedCheckpointSchema = z.object({
  _id: z.string(),
  offset: z.number().int().min(0),
  acceptedAt: z.number().int().min(0).exactOptional(),
});

/** What cannot be read stops its own partition, which says so. */
const markIn = (document: unknown): StoredMark => {
  if (document === null) return { acceptedAt: 0, offset: '0' };
  const stored = readStored(storedCheckpointSchema, document);
  if (stored.kind === 'unreadable') throw new Error(`it is not a checkpoint: ${stored.reason}`);
  const { acceptedAt = 0, offset } = stored.value;
  return { acceptedAt, offset: String(offset) };
};

/** Checkpoints in a collection of their owner's, one document per partition. Offsets stay far below what a double counts exactly. */
export const mongoCheckpoints = (connection: Connection, { collection }: { readonly collection: string }) => {
  const documents = connection.collection<CheckpointDocument>(collection);
  const known = new Map<string, StoredMark>();
  const id = (topic: string, partition: number): string => `${topic}/${partition}`;
  const mark = async (topic: string, partition: number): Promise<StoredMark> => {
    const found = markIn(await documents.findOne({ _id: id(topic, partition) }));
    known.set(id(topic, partition), found);
    return found;
  };
  const remember = (place: string, offset: string): void => {
    const before = known.get(place);
    if (before && BigInt(before.offset) < BigInt(offset)) known.set(place, { ...before, offset });
  };
  return {
    mark,
    known: (topic: string, partition: number) => known.get(id(topic, partition)),
    async read(topic: string, partition: number): Promise<string | undefined> {
      const { offset } = await mark(topic, partition);
      return offset === '0' ? undefined : offset;
    },
    async advance(topic: string, partition: number, offset: string): Promise<void> {
      const _id = id(topic, partition);
      await documents.updateOne({ _id }, { $max: { offset: Number(offset) } }, { upsert: true });
      remember(_id, offset);
    },
    async forget(topic: string, partition: number): Promise<void> {
      const _id = id(topic, partition);
      await documents.updateOne({ _id }, { $set: { offset: 0, acceptedAt: Date.now() } }, { upsert: true });
      known.delete(_id);
    },
    /** A person says that the database is right as it is: it keeps its offset, and no earlier mark is missed. */
    async accept(topic: string, partition: number): Promise<void> {
      const _id = id(topic, partition);
      await documents.updateOne(
        { _id },
        { $set: { acceptedAt: Date.now() }, $setOnInsert: { offset: 0 } },
        { upsert: true },
      );
      known.delete(_id);
    },
  };
};
