import { createConnection, mongo } from 'mongoose';

/** A kind of query for which the server looked at all documents: its filter has fields and operators, no values. */
type Scan = { readonly collection: string; readonly filter: string; readonly sort: string };

type Allowed = { readonly collection: RegExp; readonly filter: string; readonly because: string };

/** Queries that may look at a whole collection. None of them comes with a text, a command, a status or a tick. */
const allowed: readonly Allowed[] = [
  {
    collection: /^drill_runs$/,
    filter: '{groups.day: {$exists}}',
    because: 'once a night, for the first day of all; the rest goes on from the day before',
  },
  {
    collection: /^trainees$/,
    filter: '{erasedAt: {$eq}}',
    because:
      'somebody asks for a page in the order of phones, which is an index of its own: nearly all match',
  },
  {
    collection: /_waiting_phones$/,
    filter: '{$or: [{partition}, {partition: {$not: {$gte}}}]}',
    because:
      'once for each partition that is assigned, of the few phones that wait; some may not say of which it is',
  },
];

const commandNotFound = 59;

const scansOf = async (database: mongo.Db): Promise<readonly Scan[]> => {
  try {
    return ((await database.command({ scans: 1 })) as { scans: Scan[] }).scans;
  } catch (error) {
    /* MongoDB itself keeps no such record. What is asked of it is the same. */
    if (error instanceof mongo.MongoServerError && error.code === commandNotFound) return [];
    throw error;
  }
};

/** The kinds of queries that no index of a database served so far and that may not do without one. */
export const unservedQueries = async (mongodbUrl: string): Promise<readonly Scan[]> => {
  const connection = await createConnection(mongodbUrl).asPromise();
  try {
    if (connection.db === undefined) throw new Error('the connection has no database');
    const scans = await scansOf(connection.db);
    return scans.filter(
      ({ collection, filter }) =>
        !allowed.some((one) => one.collection.test(collection) && one.filter === filter),
    );
  } finally {
    await connection.close();
  }
};
