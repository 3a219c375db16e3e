import type { Connection } from 'mongoose';
import { z } from 'zod';
import { readDocument } from '../progress/read-document';
import { audienceNameSchema, audienceSchema } from './audience';
import type { Audiences, SavedAudience } from './audiences';

const documentSchema = z.object({
  _id: audienceNameSchema,
  audience: audienceSchema,
  changedBy: z.string(),
  changedAt: z.date(),
});

type AudienceDocument = z.infer<typeof documentSchema>;

/** A document as the domain has it. */
export const storedAudienceSchema: z.ZodType<SavedAudience> = documentSchema.transform(
  ({ _id: name, ...saved }) => ({ name, ...saved }),
);

const read = (document: unknown): SavedAudience => readDocument(storedAudienceSchema, 'audiences', document);

/** The audiences in MongoDB, a document per name. */
export const mongoAudiences = (connection: Connection): Audiences => {
  const audiences = connection.collection<AudienceDocument>('audiences');
  return {
    save: async ({ name, audience, changedBy, changedAt }) => {
      await audiences.updateOne(
        { _id: { $eq: name } },
        { $set: { audience, changedBy, changedAt } },
        { upsert: true },
      );
    },
    of: async (name) => {
      const found = await audiences.findOne({ _id: { $eq: name } });
      return found === null ? undefined : read(found);
    },
    all: async () => (await audiences.find().sort({ _id: 1 }).toArray()).map(read),
    remove: async (name) => (await audiences.deleteOne({ _id: { $eq: name } })).deletedCount === 1,
  };
};
