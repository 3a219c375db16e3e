import { randomUUID } from 'node:crypto';
import type { mongo } from 'mongoose';
import { isOfDuplicateKeysAlone } from './duplicate-keys';

/** What every document written by `compareAndSet` carries: its natural key, its version, and which write left it so. */
export type Versioned = { readonly _id: string; readonly version: number; readonly writeId: string };

type Fields = Readonly<Record<string, unknown>>;
type Operation =
  | { readonly insertOne: { readonly document: Fields } }
  | { readonly updateOne: { readonly filter: Fields; readonly update: Update } };

/** Changes within fields, in MongoDB's own words; none of them may touch a field that is set whole. */
export type Within = { readonly $set?: Fields; readonly $unset?: Fields; readonly $push?: Fields };
type Update = Within & { readonly $set: Fields };

/** The two calls that a compare-and-set makes: a driver's collection, whatever its documents are typed as. */
export interface CompareAndSetCollection {
  bulkWrite(operations: readonly object[], options: mongo.BulkWriteOptions): Promise<mongo.BulkWriteResult>;
  find(filter: object, options: mongo.FindOptions): { toArray(): Promise<object[]> };
}

/** One document's next content. `expected` is the version that was read; 0 means that there was no document, unless `writeId` says who left it. */
export type Change<T> = {
  readonly id: string;
  readonly expected: number;
  /** The write that left it as it was read, where documents may be replaced without a new version. */
  readonly writeId?: string;
  /** What else must stand there as it was read; null for a field that was not there. */
  readonly where?: Partial<Omit<T, '_id' | 'version' | 'writeId'>>;
  readonly set: Partial<Omit<T, '_id' | 'writeId'>> & { readonly version: number };
  /** What changes beside `set`. It stands on the rest of the document, so only beside a `writeId` that vouches for it. */
  readonly within?: Within;
};

/** The ids that somebody else wrote first: read them again and decide again. All the others are durable, and left by `writeId`. */
export type CompareAndSetResult = { readonly conflicts: ReadonlySet<string>; readonly writeId: string };

/**
 * Writes each document only if it still has the version that was read, all in one unordered bulk write. Throws what
 * the driver throws when the server cannot be reached or refuses; some of the writes may have happened then.
 */
export const compareAndSet = async <T extends Versioned>(
  collection: CompareAndSetCollection,
  changes: readonly Change<T>[],
): Promise<CompareAndSetResult> => {
  const writeId = randomUUID();
  if (changes.length === 0) return { conflicts: new Set(), writeId };
  const operations = changes.map((change) => operationOf(change, writeId));
  const written = await bulkWrite(collection, operations);
  if (written === changes.length) return { conflicts: new Set(), writeId };
  return { conflicts: await lostBy(collection, changes, writeId), writeId };
};

const operationOf = <T extends Versioned>(change: Change<T>, writeId: string): Operation => {
  const { id, expected, set, within } = change;
  if (expected === 0 && change.writeId === undefined)
    return { insertOne: { document: { _id: id, ...set, writeId } } };
  const leftBy = change.writeId === undefined ? {} : { writeId: change.writeId };
  const filter = { ...change.where, _id: id, version: expected, ...leftBy };
  const update = { ...within, $set: { ...set, ...within?.$set, writeId } };
  return { updateOne: { filter, update } };
};

/** How many documents were surely written: beside a duplicate key the counts are not to be relied on. */
const bulkWrite = async (collection: CompareAndSetCollection, operations: Operation[]): Promise<number> => {
  try {
    const result = await collection.bulkWrite(operations, { ordered: false, ignoreUndefined: true });
    return result.insertedCount + result.matchedCount;
  } catch (error) {
    if (isOfDuplicateKeysAlone(error)) return 0;
    throw error;
  }
};

/**
 * Counts do not say which update found nothing, and an equal version may be another writer's: the id of this very
 * write is what proves a document ours.
 */
const lostBy = async <T>(
  collection: CompareAndSetCollection,
  changes: readonly Change<T>[],
  writeId: string,
): Promise<ReadonlySet<string>> => {
  const ids = changes.map((change) => change.id);
  const ours = await collection.find({ _id: { $in: ids }, writeId }, { projection: { _id: 1 } }).toArray();
  const won = new Set(ours.flatMap((document) => ('_id' in document ? [document._id] : [])));
  return new Set(ids.filter((id) => !won.has(id)));
};
