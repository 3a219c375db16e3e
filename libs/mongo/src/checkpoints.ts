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
  if (document === undefined) return { acceptedAt: 0, offset: '0' };
  const stored = readStored(storedCheckpointSchema, document);
  if (stored.kind === 'unreadable') throw new Error(`it is not a checkpoint: ${stored.reason}`);
  const { acceptedAt = 0, offset } = stored.value;
  return { acceptedAt, offset: String(offset) };
};

type Reached = { readonly topic: string; readonly partition: number; readonly offset: string };

const advanceOf = ({ _id, offset }: { readonly _id: string; readonly offset: string }) => ({
  updateOne: { filter: { _id }, update: { $max: { offset: Number(offset) } }, upsert: true },
});

/** Answers many who ask at one moment by one question. */
const together = <T>(ask: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>) => {
  let asking: { readonly ids: Set<string>; readonly answer: Promise<ReadonlyMap<string, T>> } | undefined;
  const begin = () => {
    const ids = new Set<string>();
    const answer = Promise.resolve().then(() => {
      asking = undefined;
      return ask([...ids]);
    });
    return { ids, answer };
  };
  return async (id: string): Promise<T | undefined> => {
    asking ??= begin();
    asking.ids.add(id);
    return (await asking.answer).get(id);
  };
};

/** Checkpoints in a collection of their owner's, one document per partition. Offsets stay far below what a double counts exactly. */
export const mongoCheckpoints = (connection: Connection, { collection }: { readonly collection: string }) => {
  const documents = connection.collection<CheckpointDocument>(collection);
  const known = new Map<string, StoredMark>();
  const id = (topic: string, partition: number): string => `${topic}/${partition}`;
  const find = together(async (ids) => {
    const found = await documents.find({ _id: { $in: [...ids] } }).toArray();
    return new Map<string, unknown>(found.map((document) => [document._id, document]));
  });
  const mark = async (topic: string, partition: number): Promise<StoredMark> => {
    const found = markIn(await find(id(topic, partition)));
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
    /** Keeps each offset unless a later one is known, all in one write. */
    async advance(reached: readonly Reached[]): Promise<void> {
      const places = reached.map(({ topic, partition, offset }) => ({ _id: id(topic, partition), offset }));
      if (places.length === 0) return;
      await documents.bulkWrite(places.map(advanceOf), { ordered: false });
      for (const { _id, offset } of places) remember(_id, offset);
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
