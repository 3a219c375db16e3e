import { randomUUID } from 'node:crypto';
import type { Phone } from '@stopcovid/contracts';
import { mongo, type Connection } from 'mongoose';
import type { StoredDocument } from './judge-phone';
import type { Projection } from '../projections/projection';
import type { Replacement } from './rebuild-store';

const duplicateKey = 11_000;

/* A field that was not there must still not be there: `null` in a query would also match a null that came since. */
const asRead = (value: unknown): unknown => (value === undefined ? { $exists: false } : { $eq: value });

const filterOf = ({ _id, ...read }: StoredDocument) => ({
  _id,
  version: asRead(read['version']),
  writeId: asRead(read['writeId']),
});

const operationOf = ({ read, next }: Replacement, writeId: string): readonly object[] => {
  if (next === undefined) return read === undefined ? [] : [{ deleteOne: { filter: filterOf(read) } }];
  const document = { ...next, writeId };
  return read === undefined
    ? [{ insertOne: { document } }]
    : [{ replaceOne: { filter: filterOf(read), replacement: document } }];
};

const write = async (
  collection: ReturnType<Connection['collection']>,
  operations: readonly object[],
): Promise<void> => {
  try {
    await collection.bulkWrite([...operations] as mongo.AnyBulkWriteOperation[], { ordered: false });
  } catch (error) {
    const taken =
      error instanceof mongo.MongoBulkWriteError &&
      error.result.getWriteConcernError() === undefined &&
      [error.writeErrors].flat().every(({ code }) => code === duplicateKey);
    if (!taken) throw error;
  }
};

const idOf = ({ read, next }: Replacement): string => read?._id ?? next?._id ?? '';

/** What was written bears the mark of this very write; what was deleted is gone. All else was changed by another. */
const lostOf = async (
  connection: Connection,
  replacements: readonly Replacement[],
  { collection, writeId }: { readonly collection: string; readonly writeId: string },
): Promise<readonly Phone[]> => {
  const there = await connection
    .collection<StoredDocument>(collection)
    .find({ _id: { $in: replacements.map(idOf) } }, { projection: { writeId: 1 } })
    .toArray();
  const marks = new Map(there.map((document) => [document._id, document['writeId']]));
  return replacements.flatMap((replacement) => {
    const id = idOf(replacement);
    const won = replacement.next === undefined ? !marks.has(id) : marks.get(id) === writeId;
    return won ? [] : [replacement.phone];
  });
};

/** Writes the documents that are still as they were read; answers the phones that lost one. */
export const replaceDocuments = async (
  connection: Connection,
  projections: readonly Projection[],
  replacements: readonly Replacement[],
): Promise<ReadonlySet<Phone>> => {
  const lost = new Set<Phone>();
  for (const { collection } of projections) {
    const own = replacements.filter(
      (replacement) => replacement.collection === collection && !lost.has(replacement.phone),
    );
    const writeId = `rebuild-${randomUUID()}`;
    /* What is too many goes first: it may hold what must be unique. */
    for (const some of [own.filter(({ next }) => !next), own.filter(({ next }) => next)]) {
      const operations = some.flatMap((replacement) => operationOf(replacement, writeId));
      if (operations.length > 0) await write(connection.collection(collection), operations);
    }
    if (own.length === 0) continue;
    for (const phone of await lostOf(connection, own, { collection, writeId })) lost.add(phone);
  }
  return lost;
};
