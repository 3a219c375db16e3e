import { phoneSchema, type Phone } from '@stopcovid/contracts';
import { addMissing, ensureIndexes, modelOf, sharedFind } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
import { z } from 'zod';
import { readDocument } from '../progress/read-document';
import type { Erasure, Erasures } from './erasure';

const documentSchema = z.object({ _id: phoneSchema, sequence: z.int(), at: z.date() });
type ErasureDocument = z.infer<typeof documentSchema>;

const schemaOf = (collection: string): Schema<ErasureDocument> =>
  new Schema<ErasureDocument>({ _id: String, sequence: Number, at: Date }, { collection, versionKey: false });

/** A document as the domain has it. */
export const storedErasureSchema: z.ZodType<Erasure> = documentSchema.transform(
  ({ _id: phone, ...rest }) => ({
    phone,
    ...rest,
  }),
);

/** The erasures in MongoDB, a document per phone that was ever erased. */
export const mongoErasures = async (connection: Connection, collection = 'erasures'): Promise<Erasures> => {
  await ensureIndexes(connection, [modelOf(connection, collection, schemaOf(collection))]);
  const erasures = connection.collection<ErasureDocument>(collection);
  /* Slices of both topics ask at the same moment. */
  const find = sharedFind<ErasureDocument>(
    (phones) => erasures.find({ _id: { $in: [...phones] as Phone[] } }).toArray(),
    ({ _id }) => [_id],
  );
  return {
    keep: async (all) => {
      await addMissing(
        erasures,
        all.map(({ phone, sequence, at }) => [phone, { sequence, at }]),
      );
      for (const { phone, sequence, at } of all)
        await erasures.updateOne(
          { _id: { $eq: phone }, sequence: { $lt: sequence } },
          { $set: { sequence, at } },
        );
    },
    of: async (phones) => {
      const found = await find(phones);
      return new Map(
        found.map((document) => {
          const erasure = readDocument(storedErasureSchema, 'erasures', document);
          return [erasure.phone, erasure] as const;
        }),
      );
    },
  };
};
