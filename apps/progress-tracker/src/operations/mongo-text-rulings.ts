import { commandIdSchema } from '@stopcovid/contracts';
import type { Connection } from 'mongoose';
import { z } from 'zod';
import { readDocument } from '../progress/read-document';
import type { TextRuling, TextRulings } from './text-rulings';

const shared = { _id: z.string(), by: z.string(), at: z.date() };

/** A ruling, as stored. */
export const storedRulingSchema: z.ZodType<TextRuling> = z
  .discriminatedUnion('how', [
    z.object({ ...shared, how: z.literal('sentAgain'), commandId: commandIdSchema }),
    z.object({ ...shared, how: z.literal('givenUp') }),
  ])
  .transform(({ _id, ...ruling }) => ({ id: _id, ...ruling }));

const toRuling = (document: unknown): TextRuling =>
  readDocument(storedRulingSchema, 'text_rulings', document);

/** The rulings in MongoDB, a document per message. */
export const mongoTextRulings = (connection: Connection, collection = 'text_rulings'): TextRulings => {
  const rulings = connection.collection<{ readonly _id: string }>(collection);
  return {
    of: async (ids) => {
      if (ids.length === 0) return new Map();
      const found = await rulings.find({ _id: { $in: [...ids] } }).toArray();
      return new Map(found.map((document) => [document._id, toRuling(document)]));
    },
    keep: async ({ id, ...ruling }) => {
      await rulings.replaceOne({ _id: { $eq: id } }, ruling, { upsert: true });
    },
  };
};
