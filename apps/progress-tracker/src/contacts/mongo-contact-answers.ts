import type { Connection } from 'mongoose';
import { z } from 'zod';
import { given } from '../given';
import { readDocument } from '../progress/read-document';
import type { ContactAnswer, ContactAnswers } from './contact-answers';
import { isBeforeErasure } from './contact-request';

const documentSchema = z.object({
  _id: z.string(),
  by: z.string(),
  at: z.date(),
  note: z.string().optional(),
});
type AnswerDocument = z.infer<typeof documentSchema>;

/** An answer, as stored. */
export const storedAnswerSchema: z.ZodType<ContactAnswer> = documentSchema.transform(
  ({ _id: id, by, at, note }) => ({ id, by, at, ...given({ note }) }),
);

const read = (document: unknown): ContactAnswer =>
  readDocument(storedAnswerSchema, 'contact_answers', document);

/** The answers in MongoDB, a document per request that was seen to. */
export const mongoContactAnswers = (connection: Connection): ContactAnswers => {
  const answers = connection.collection<AnswerDocument>('contact_answers');
  const of = async (ids: readonly string[]): Promise<ReadonlyMap<string, ContactAnswer>> => {
    if (ids.length === 0) return new Map();
    const found = await answers.find({ _id: { $in: [...ids] } }).toArray();
    return new Map(found.map((document) => [document._id, read(document)]));
  };
  return {
    of,
    keep: async ({ id, ...answer }) => {
      await answers.updateOne({ _id: { $eq: id } }, { $setOnInsert: answer }, { upsert: true });
      return (await of([id])).get(id) ?? { id, ...answer };
    },
    forget: async (erasure) => {
      /* The ids of a phone begin with it, and a colon. */
      const own = { $gte: `${erasure.phone}:`, $lt: `${erasure.phone};` };
      const found = await answers.find({ _id: own }, { projection: { _id: 1 } }).toArray();
      const before = found.map(({ _id }) => _id).filter((id) => isBeforeErasure(id, erasure));
      if (before.length > 0) await answers.deleteMany({ _id: { $in: before } });
    },
  };
};
