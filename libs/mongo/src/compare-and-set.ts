import { randomUUID } from 'node:crypto';
import type { mongo } from 'mongoose';
import { shareCalls } from '@stopcovid/runtime';
import { isOfDuplicateKeysAlone } from './duplicate-keys';
import { sharing } from './sharing';

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
  const [result] = await compareAndSetAll(collection, [changes]);
  return result ?? { conflicts: new Set(), writeId: randomUUID() };
};

/**
 * The same for callers who write at the same time: changes that come while a write is on its way share the next one, each
 * with a `writeId` of their own, so of two for one document one alone was written. What the server refuses of one is
 * written again without the others, and is a conflict to whom it was written for before: read again, it is found there.
 * Many changes are a write of their own.
 */
export const sharedCompareAndSet = <T extends Versioned>(
  collection: CompareAndSetCollection,
): ((changes: readonly Change<T>[]) => Promise<CompareAndSetResult>) => {
  return shareCalls((all: readonly (readonly Change<T>[])[]) => compareAndSetAll(collection, all), sharing);
};

/** What some callers write together. */
const compareAndSetAll = async <T extends Versioned>(
  collection: CompareAndSetCollection,
  all: readonly (readonly Change<T>[])[],
): Promise<readonly CompareAndSetResult[]> => {
  const writes = all.map((changes) => ({ changes, writeId: randomUUID() }));
  const operations = writes.flatMap(({ changes, writeId }) =>
    changes.map((change) => operationOf(change, writeId)),
  );
  const written = operations.length === 0 ? 0 : await bulkWrite(collection, operations);
  if (written === operations.length)
    return writes.map(({ writeId }) => ({ conflicts: new Set<string>(), writeId }));
  const left = await leftBy(collection, writes);
  return writes.map(({ changes, writeId }) => ({
    conflicts: new Set(changes.flatMap(({ id }) => (left.get(id) === writeId ? [] : [id]))),
    writeId,
  }));
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
 * write is what proves a document ours. Answers the write that left each document which one of these left.
 */
const leftBy = async (
  collection: CompareAndSetCollection,
  writes: readonly { readonly changes: readonly { readonly id: string }[]; readonly writeId: string }[],
): Promise<ReadonlyMap<unknown, unknown>> => {
  const ids = writes.flatMap(({ changes }) => changes.map(({ id }) => id));
  const own = { _id: { $in: ids }, writeId: { $in: writes.map(({ writeId }) => writeId) } };
  const ours = await collection.find(own, { projection: { _id: 1, writeId: 1 } }).toArray();
  return new Map(
    ours.map((document) => [
      '_id' in document ? document._id : undefined,
      'writeId' in document ? document.writeId : undefined,
    ]),
  );
};
