import { ensureIndexes, modelOf } from '@stopcovid/mongo';
import { mongo, Schema, type Connection } from 'mongoose';
import { z } from 'zod';
import { readDocument } from '../progress/read-document';
import type { Chunk, ChunkPlace, ExportChunks } from './export-chunks';

const collection = 'export_chunks';

const bytesSchema = z.instanceof(mongo.Binary).transform((binary): Uint8Array => binary.buffer);

/** A chunk, as stored. */
export const storedChunkSchema = z.object({
  _id: z.string(),
  export: z.string(),
  claim: z.string(),
  index: z.int(),
  bytes: bytesSchema,
  /** When it is removed, should nobody have done it. */
  expiresAt: z.date(),
});
type ChunkDocument = Omit<z.infer<typeof storedChunkSchema>, 'bytes'> & { readonly bytes: mongo.Binary };

const schemaOf = (): Schema<ChunkDocument> =>
  new Schema<ChunkDocument>(
    { _id: String, export: String, claim: String, expiresAt: Date },
    { collection, versionKey: false },
  )
    .index({ export: 1, claim: 1 })
    .index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const idOf = ({ export: id, claim, index }: ChunkPlace): string => `${id}:${claim}:${index}`;

/** The files of exports in MongoDB, a document for each chunk. Resolves when its indexes are there. */
export const mongoExportChunks = async (connection: Connection): Promise<ExportChunks> => {
  await ensureIndexes(connection, [modelOf(connection, collection, schemaOf())]);
  const chunks = connection.collection<ChunkDocument>('export_chunks');
  return {
    write: async ({ bytes, ...chunk }: Chunk) => {
      await chunks.insertOne({ _id: idOf(chunk), ...chunk, bytes: new mongo.Binary(bytes) });
    },
    read: async (place) => {
      const found = await chunks.findOne({ _id: { $eq: idOf(place) } }, { promoteBuffers: false });
      return found === null ? undefined : readDocument(storedChunkSchema, collection, found).bytes;
    },
    removeOf: async (id, except) => {
      await chunks.deleteMany({
        export: { $eq: id },
        ...(except !== undefined && { claim: { $ne: except } }),
      });
    },
    removeAttempt: async (id, claim) => {
      await chunks.deleteMany({ export: { $eq: id }, claim: { $eq: claim } });
    },
  };
};
