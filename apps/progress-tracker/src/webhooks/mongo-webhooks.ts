import { ensureIndexes, modelOf, readStored } from '@stopcovid/mongo';
import { Schema, type Connection } from 'mongoose';
import { z } from 'zod';
import { given } from '../given';
import { readDocument } from '../progress/read-document';
import { hookKinds, type Webhook } from './webhook';
import { settledFields, type WebhookPlace, type Webhooks } from './webhooks';

const collection = 'webhooks';

/* Documents say null where the domain leaves a field out: a webhook without its limit, by a slip, is unreadable. */
const documentSchema = z.object({
  _id: z.string(),
  url: z.string(),
  kinds: z.array(z.enum(hookKinds)).min(1),
  employers: z.array(z.string()).min(1).nullable(),
  withPhones: z.boolean(),
  createdAt: z.date(),
  createdBy: z.string(),
  secret: z.string(),
  previous: z.object({ secret: z.string(), until: z.date() }).nullable(),
  failingSince: z.date().nullable(),
  failedAt: z.date().nullable().default(null),
  succeededAt: z.date().nullable().default(null),
  resumeAt: z.date().nullable(),
  disabled: z.object({ at: z.date(), because: z.enum(['gone', 'failing']) }).nullable(),
  dailyThrough: z.string(),
});
type WebhookDocument = z.infer<typeof documentSchema>;

const orUndefined = <T>(value: T | null): T | undefined => value ?? undefined;

/** A webhook, as stored. */
export const storedWebhookSchema: z.ZodType<Webhook> = documentSchema.transform(
  ({
    _id: id,
    employers,
    previous,
    failingSince,
    failedAt,
    succeededAt,
    resumeAt,
    disabled,
    ...webhook
  }) => ({
    id,
    ...webhook,
    ...given({
      employers: orUndefined(employers),
      previous: orUndefined(previous),
      failingSince: orUndefined(failingSince),
      failedAt: orUndefined(failedAt),
      succeededAt: orUndefined(succeededAt),
      resumeAt: orUndefined(resumeAt),
      disabled: orUndefined(disabled),
    }),
  }),
);

const fromWebhook = ({ id: _id, ...webhook }: Webhook): WebhookDocument => ({
  _id,
  ...webhook,
  kinds: [...webhook.kinds],
  employers: webhook.employers === undefined ? null : [...webhook.employers],
  previous: webhook.previous ?? null,
  failingSince: webhook.failingSince ?? null,
  failedAt: webhook.failedAt ?? null,
  succeededAt: webhook.succeededAt ?? null,
  resumeAt: webhook.resumeAt ?? null,
  disabled: webhook.disabled ?? null,
});

const schemaOf = (): Schema<WebhookDocument> =>
  new Schema<WebhookDocument>({ _id: String, createdAt: Date }, { collection, versionKey: false }).index({
    createdAt: 1,
    _id: 1,
  });

const read = (document: unknown): Webhook => readDocument(storedWebhookSchema, collection, document);

const behind = (after: WebhookPlace | undefined): object =>
  after === undefined
    ? {}
    : { $or: [{ createdAt: { $gt: after.at } }, { createdAt: { $eq: after.at }, _id: { $gt: after.id } }] };

/** The webhooks in MongoDB, a document each. Resolves when their index is there. */
export const mongoWebhooks = async (connection: Connection): Promise<Webhooks> => {
  await ensureIndexes(connection, [modelOf(connection, collection, schemaOf())]);
  const webhooks = connection.collection<WebhookDocument>('webhooks');
  const one = async (id: string): Promise<Webhook | undefined> => {
    const found = await webhooks.findOne({ _id: { $eq: id } });
    return found === null ? undefined : read(found);
  };
  return {
    add: async (webhook) => {
      await webhooks.insertOne(fromWebhook(webhook));
    },
    one,
    list: async ({ after, limit }) =>
      (await webhooks.find(behind(after)).sort({ createdAt: 1, _id: 1 }).limit(limit).toArray()).map(read),
    enabled: async () => {
      const found: Webhook[] = [];
      const unreadable: string[] = [];
      for (const document of await webhooks.find({ disabled: null }).toArray()) {
        const stored = readStored(storedWebhookSchema, document);
        if (stored.kind === 'readable') found.push(stored.value);
        else unreadable.push(document._id);
      }
      return { webhooks: found, unreadable };
    },
    change: async (id, changes) => {
      await webhooks.updateOne({ _id: { $eq: id } }, { $set: given(changes) });
      return one(id);
    },
    settle: async (asRead, changes) => {
      const same = settledFields.map((field) => [field, asRead[field] ?? null]);
      const filter = { _id: { $eq: asRead.id }, ...Object.fromEntries(same) };
      return (await webhooks.updateOne(filter, { $set: given(changes) })).matchedCount === 1;
    },
    remove: async (id) => (await webhooks.deleteOne({ _id: { $eq: id } })).deletedCount === 1,
  };
};
