import { phoneSchema } from '@stopcovid/contracts';
import { addMissing, ensureIndexes, modelOf } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
import { z } from 'zod';
import { given } from '../given';
import type { ConsentChange } from './consent-change';
import type { ConsentLedger } from './consent-ledger';

const documentSchema = z.object({
  _id: z.string(),
  phone: phoneSchema,
  sequence: z.int(),
  index: z.int(),
  at: z.date(),
  consent: z.enum(['in', 'out']),
  source: z.string(),
  word: z.string().optional(),
  detail: z.string().optional(),
  language: z.string().optional(),
  messageId: z.string().optional(),
  commandId: z.string(),
});
type ConsentDocument = z.infer<typeof documentSchema>;

const schemaOf = (collection: string): Schema<ConsentDocument> =>
  new Schema<ConsentDocument>(
    { _id: String, phone: String, sequence: Number, index: Number },
    { collection, versionKey: false },
  ).index({ phone: 1, sequence: 1, index: 1 });

/** A document as the domain has it. */
export const storedConsentSchema: z.ZodType<ConsentChange> = documentSchema.transform(
  ({ phone, sequence, index, at, consent, source, commandId, ...rest }) => {
    const { word, detail, language, messageId } = rest;
    const said = given({ word, detail, language, messageId });
    return { phone, sequence, index, at, consent, source, commandId, ...said };
  },
);

/** The ledger in MongoDB, a document per change under the id of its event. Resolves when its index is there. */
export const mongoConsentLedger = async (
  connection: Connection,
  collection = 'consent_changes',
): Promise<ConsentLedger> => {
  await ensureIndexes(connection, [modelOf(connection, collection, schemaOf(collection))]);
  const ledger = connection.collection<ConsentDocument>(collection);
  return {
    keep: (changes) =>
      addMissing(
        ledger,
        changes.map((change) => [`${change.phone}:${change.sequence}:${change.index}`, change]),
      ),
    forget: async (phone, before) => {
      await ledger.deleteMany({ phone: { $eq: phone }, sequence: { $lt: before } });
    },
    of: async (phone) =>
      (
        await ledger
          .find({ phone: { $eq: phone } })
          .sort({ sequence: 1, index: 1 })
          .toArray()
      ).map((document) => storedConsentSchema.parse(document)),
  };
};
