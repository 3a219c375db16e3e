import type { MongoConnection } from './mongo';

/** Remembers which dead letters were sent back, by their ids. */
export type Redriven = {
  /** Those of the letters that were sent back before. */
  known(ids: readonly string[]): Promise<ReadonlySet<string>>;
  remember(ids: readonly string[]): Promise<void>;
};

type RedrivenDocument = { readonly _id: string; readonly at: Date };

/* Dead letters are gone by then: their topics keep them for 90 days. */
const keptMs = 180 * 24 * 60 * 60 * 1_000;
const atOnce = 1_000;

const chunks = function* (ids: readonly string[]): Generator<readonly string[]> {
  for (let from = 0; from < ids.length; from += atOnce) yield ids.slice(from, from + atOnce);
};

/** The memory in the database of the environment: it outlives the topics and the machine of whoever redrove. */
export const mongoRedriven = (mongo: MongoConnection): Redriven => {
  const collection = mongo.collection<RedrivenDocument>('redriven_dead_letters');
  return {
    async known(ids) {
      const found = new Set<string>();
      for (const some of chunks(ids))
        for (const { _id } of await collection.find({ _id: { $in: [...some] } }).toArray()) found.add(_id);
      return found;
    },
    async remember(ids) {
      const at = new Date();
      for (const some of chunks(ids))
        await collection.bulkWrite(
          some.map((_id) => ({ updateOne: { filter: { _id }, update: { $set: { at } }, upsert: true } })),
          { ordered: false },
        );
      await collection.deleteMany({ at: { $lt: new Date(at.getTime() - keptMs) } });
    },
  };
};
