import { addMissing, ensureIndexes, modelOf } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
import { z } from 'zod';
import { given } from '../given';
import { readDocument } from '../progress/read-document';
import type { Deliveries, Delivery, DeliveryPlace } from './deliveries';
import { dayMs, hookKinds, keptDays } from './webhook';

const collection = 'webhook_deliveries';

const answerSchema = z.union([
  z.object({ at: z.date(), status: z.int() }),
  z.object({ at: z.date(), reason: z.string() }),
]);

const documentSchema = z.object({
  _id: z.string(),
  webhook: z.string(),
  event: z.string(),
  kind: z.enum([...hookKinds, 'webhook.ping']),
  createdAt: z.date(),
  body: z.string(),
  state: z.enum(['waiting', 'delivered', 'failed']),
  attempts: z.int(),
  nextAt: z.date().nullable(),
  last: answerSchema.nullable(),
  /** When it is forgotten. */
  expiresAt: z.date(),
});
type DeliveryDocument = z.infer<typeof documentSchema>;

/** A delivery, as stored. */
export const storedDeliverySchema: z.ZodType<Delivery> = documentSchema.transform(
  ({ _id: id, expiresAt: _forgotten, nextAt, last, ...delivery }) => ({
    id,
    ...delivery,
    ...given({ nextAt: nextAt ?? undefined, last: last ?? undefined }),
  }),
);

const changing = ({ state, attempts, nextAt, last }: Delivery) => ({
  state,
  attempts,
  nextAt: nextAt ?? null,
  last: last ?? null,
});

const fieldsOf = (delivery: Delivery): Omit<DeliveryDocument, '_id'> => {
  const { webhook, event, kind, createdAt, body } = delivery;
  const expiresAt = new Date(createdAt.getTime() + keptDays * dayMs);
  return { webhook, event, kind, createdAt, body, ...changing(delivery), expiresAt };
};

const schemaOf = (): Schema<DeliveryDocument> =>
  new Schema<DeliveryDocument>(
    { _id: String, webhook: String, createdAt: Date, nextAt: Date, expiresAt: Date },
    { collection, versionKey: false },
  )
    .index({ webhook: 1, nextAt: 1 })
    .index({ webhook: 1, createdAt: -1, _id: -1 })
    .index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const read = (document: unknown): Delivery => readDocument(storedDeliverySchema, collection, document);

const behind = (after: DeliveryPlace | undefined): object =>
  after === undefined
    ? {}
    : { $or: [{ createdAt: { $lt: after.at } }, { createdAt: { $eq: after.at }, _id: { $lt: after.id } }] };

/** The deliveries in MongoDB, a document each, for thirty days. Resolves when their indexes are there. */
export const mongoDeliveries = async (connection: Connection): Promise<Deliveries> => {
  await ensureIndexes(connection, [modelOf(connection, collection, schemaOf())]);
  const deliveries = connection.collection<DeliveryDocument>('webhook_deliveries');
  return {
    add: (all) =>
      addMissing(
        deliveries,
        all.map((delivery) => [delivery.id, fieldsOf(delivery)]),
      ),
    due: async ({ webhook, now, limit }) => {
      const query = { webhook: { $eq: webhook }, nextAt: { $ne: null, $lte: now } };
      return (await deliveries.find(query).sort({ nextAt: 1 }).limit(limit).toArray()).map(read);
    },
    save: async (before, next) => {
      const { attempts, nextAt } = changing(before);
      const { matchedCount } = await deliveries.updateOne(
        { _id: { $eq: before.id }, attempts, nextAt },
        { $set: changing(next) },
      );
      return matchedCount === 1;
    },
    one: async (id) => {
      const found = await deliveries.findOne({ _id: { $eq: id } });
      return found === null ? undefined : read(found);
    },
    list: async (webhook, { after, limit }) => {
      const query = { webhook: { $eq: webhook }, ...behind(after) };
      return (await deliveries.find(query).sort({ createdAt: -1, _id: -1 }).limit(limit).toArray()).map(read);
    },
    removeOf: async (webhook) => {
      await deliveries.deleteMany({ webhook: { $eq: webhook } });
    },
  };
};
