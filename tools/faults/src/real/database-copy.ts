import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { withDatabase } from './database';
import type { System } from './system';

const { BSON } = mongo;
const ending = '.bson';
/* Numbers keep the width that they had. */
const asStored = { promoteValues: false } as const;

/**
 * Copies each collection into a file of its documents one after the other, as `mongodump --out` does. Collections are
 * read in turn while the services write, so the copy is of no one moment: that is harder to restore than mongodump's.
 */
export const copyDatabase = (system: System, folder: string): Promise<void> =>
  withDatabase(system, async (connection) => {
    await mkdir(folder, { recursive: true });
    for (const { name } of await connection.listCollections()) {
      const documents = await connection.collection(name).find({}, asStored).toArray();
      const bytes = documents.map((document) => BSON.serialize(document));
      await writeFile(join(folder, `${name}${ending}`), Buffer.concat(bytes));
    }
  });

const documentsIn = (bytes: Buffer): readonly object[] => {
  const documents: object[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readInt32LE(at))
    documents.push(BSON.deserialize(bytes.subarray(at, at + bytes.readInt32LE(at)), asStored));
  return documents;
};

/** Empties the database and writes such a copy into it, as `mongorestore --drop` does. */
export const restoreDatabase = (system: System, folder: string): Promise<void> =>
  withDatabase(system, async (connection) => {
    await connection.dropDatabase();
    for (const file of await readdir(folder)) {
      const documents = documentsIn(await readFile(join(folder, file)));
      if (documents.length > 0)
        await connection.collection(file.slice(0, -ending.length)).insertMany([...documents]);
    }
  });
