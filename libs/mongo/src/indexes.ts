import type { Connection, IndexDefinition, IndexOptions } from 'mongoose';

/** What `ensureIndexes` needs of a mongoose model. */
export type IndexedModel = {
  readonly collection: { readonly collectionName: string };
  readonly schema: { indexes(): [IndexDefinition, IndexOptions][] };
};

/**
 * Makes the indexes that the models' schemas declare, and leaves others alone. Throws with the collection's name when
 * an index of that name exists with other settings: changing one is an operator's decision.
 */
export const ensureIndexes = async (
  connection: Connection,
  models: readonly IndexedModel[],
): Promise<void> => {
  for (const model of models) {
    const name = model.collection.collectionName;
    for (const [keys, settings] of model.schema.indexes())
      await ensureIndex(connection, name, [keys, settings]);
  }
};

const ensureIndex = async (
  connection: Connection,
  name: string,
  [keys, settings]: [IndexDefinition, IndexOptions],
): Promise<void> => {
  try {
    await connection.collection(name).createIndex(directionsOf(keys), plain(settings));
  } catch (error) {
    throw new Error(`the index ${JSON.stringify(keys)} of ${name} cannot be made`, { cause: error });
  }
};

/** Mongoose also takes 'asc' and the like; we write 1 and -1 alone, and refuse the rest here. */
const directionsOf = (keys: IndexDefinition): Record<string, 1 | -1> =>
  Object.fromEntries(
    Object.entries(keys).map(([field, direction]) => {
      if (direction !== 1 && direction !== -1) throw new Error(`${field} is indexed by 1 or -1`);
      return [field, direction];
    }),
  );

const plain = ({ unique, sparse, expireAfterSeconds }: IndexOptions) => ({
  ...(unique === undefined || Array.isArray(unique) ? {} : { unique }),
  ...(sparse === undefined ? {} : { sparse }),
  ...(typeof expireAfterSeconds === 'number' ? { expireAfterSeconds } : {}),
});
