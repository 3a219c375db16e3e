import { phoneSchema } from '@stopcovid/contracts';
import { addMissing, ensureIndexes, modelOf } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
import { z } from 'zod';
import { given } from '../given';
import { readDocument } from '../progress/read-document';
import { contactKinds, idOfContact, type ContactRequest } from './contact-request';
import type { ContactFilter, ContactPlace, ContactRequests } from './contact-requests';

const documentSchema = z.object({
  _id: z.string(),
  phone: phoneSchema,
  sequence: z.int(),
  index: z.int(),
  at: z.date(),
  kind: z.enum(contactKinds),
  employerId: z.string().optional(),
  name: z.string().optional(),
  language: z.string().optional(),
  prompt: z.string().optional(),
  word: z.string().optional(),
});
type ContactDocument = z.infer<typeof documentSchema>;

const schemaOf = (collection: string): Schema<ContactDocument> =>
  new Schema<ContactDocument>(
    { _id: String, phone: String, at: Date, kind: String, employerId: String },
    { collection, versionKey: false },
  )
    .index({ at: 1, _id: 1 })
    .index({ employerId: 1, at: 1, _id: 1 })
    .index({ phone: 1 });

/** A document as the domain has it. */
export const storedContactSchema: z.ZodType<ContactRequest> = documentSchema.transform(
  ({ phone, sequence, index, at, kind, employerId, name, language, prompt, word }) => ({
    ...{ phone, sequence, index, at, kind },
    ...given({ employerId, name, language, prompt, word }),
  }),
);

const read = (document: unknown): ContactRequest =>
  readDocument(storedContactSchema, 'contact_requests', document);

const behind = ({ at, id }: ContactPlace): object => ({
  $or: [{ at: { $gt: at } }, { at: { $eq: at }, _id: { $gt: id } }],
});

/** All that must hold: an employer who is asked for, and those who may be seen. */
const conditionsOf = ({ kind, employerId, employers }: ContactFilter): readonly object[] => [
  ...(kind === undefined ? [] : [{ kind: { $eq: kind } }]),
  ...(employerId === undefined ? [] : [{ employerId: { $eq: employerId } }]),
  ...(employers === undefined ? [] : [{ employerId: { $in: [...employers] } }]),
];

/** The requests in MongoDB, a document per request under the id of its event. Resolves when its indexes are there. */
export const mongoContactRequests = async (
  connection: Connection,
  collection = 'contact_requests',
): Promise<ContactRequests> => {
  await ensureIndexes(connection, [modelOf(connection, collection, schemaOf(collection))]);
  const requests = connection.collection<ContactDocument>(collection);
  return {
    keep: (all) =>
      addMissing(
        requests,
        all.map((request) => [idOfContact(request), request]),
      ),
    forget: async (phone, before) => {
      await requests.deleteMany({ phone: { $eq: phone }, sequence: { $lt: before } });
    },
    list: async (filter, { after, limit }) => {
      const conditions = [...conditionsOf(filter), ...(after === undefined ? [] : [behind(after)])];
      const found = await requests
        .find(conditions.length === 0 ? {} : { $and: conditions })
        .sort({ at: 1, _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(read);
    },
    one: async (id) => {
      const document = await requests.findOne({ _id: { $eq: id } });
      return document === null ? undefined : read(document);
    },
  };
};
