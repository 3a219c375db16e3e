import { ensureIndexes, modelOf } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
import { z } from 'zod';
import { given } from '../given';
import { readDocument } from '../progress/read-document';
import { isOver, type KeyedRequest } from './keyed-request';
import type { KeyedRequests } from './keyed-requests';

const collection = 'keyed_requests';

const documentSchema = z.object({
  _id: z.string(),
  fingerprint: z.string(),
  attempt: z.string(),
  startedAt: z.date(),
  /** When it is forgotten. */
  expiresAt: z.date(),
  answer: z.string().optional(),
});
type RequestDocument = z.infer<typeof documentSchema>;

/** A request, as stored. */
export const storedKeyedRequestSchema: z.ZodType<KeyedRequest> = documentSchema.transform(
  ({ _id: id, answer, ...request }) => ({ id, ...request, ...given({ answer }) }),
);

const schemaOf = (): Schema<RequestDocument> =>
  new Schema<RequestDocument>({ _id: String, expiresAt: Date }, { collection, versionKey: false }).index(
    { expiresAt: 1 },
    { expireAfterSeconds: 0 },
  );

/** The requests in MongoDB, a document per key. Resolves when their index is there. */
export const mongoKeyedRequests = async (connection: Connection): Promise<KeyedRequests> => {
  await ensureIndexes(connection, [modelOf(connection, collection, schemaOf())]);
  const requests = connection.collection<RequestDocument>(collection);
  const insert = ({ id, ...fields }: KeyedRequest) =>
    requests.updateOne({ _id: { $eq: id } }, { $setOnInsert: fields }, { upsert: true });
  const begin: KeyedRequests['begin'] = async (request) => {
    if ((await insert(request)).upsertedCount === 1) return request;
    const found = await requests.findOne({ _id: { $eq: request.id } });
    if (found === null) return begin(request);
    const before = readDocument(storedKeyedRequestSchema, collection, found);
    if (!isOver(before, request.startedAt)) return before;
    const { id, ...fields } = request;
    const { matchedCount } = await requests.replaceOne(
      { _id: { $eq: id }, attempt: { $eq: before.attempt } },
      fields,
    );
    return matchedCount === 1 ? request : begin(request);
  };
  return {
    begin,
    answer: async ({ id, attempt }, answer) => {
      await requests.updateOne({ _id: { $eq: id }, attempt: { $eq: attempt } }, { $set: { answer } });
    },
    giveUp: async ({ id, attempt }) => {
      await requests.deleteOne({ _id: { $eq: id }, attempt: { $eq: attempt } });
    },
  };
};
