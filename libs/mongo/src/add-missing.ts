import type { CompareAndSetCollection } from './compare-and-set';
import { isOfDuplicateKeysAlone } from './duplicate-keys';

/**
 * Adds each document that has no namesake yet, all in one unordered bulk write; those that are there stay as they are.
 * Throws what the driver throws; some may have been added then.
 */
export const addMissing = async (
  collection: Pick<CompareAndSetCollection, 'bulkWrite'>,
  documents: readonly (readonly [id: string, fields: object])[],
): Promise<void> => {
  if (documents.length === 0) return;
  try {
    await collection.bulkWrite(
      documents.map(([_id, fields]) => ({ insertOne: { document: { ...fields, _id } } })),
      { ordered: false },
    );
  } catch (error) {
    if (!isOfDuplicateKeysAlone(error)) throw error;
  }
};
