import { readStored } from '@stopcovid/mongo';
import { roles } from '@stopcovid/runtime';
import type { Connection } from 'mongoose';
import { z } from 'zod';
import { given } from '../given';
import type { ApiKey } from './api-key';
import { notedEveryMs, type ApiKeys, type KeyList } from './api-keys';

/* Documents say null where the domain leaves a field out: a key without its limit, by a slip, is unreadable. */
const documentSchema = z.object({
  _id: z.string(),
  role: z.enum(roles),
  employers: z.array(z.string()).min(1).nullable(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: z.date(),
  createdBy: z.string(),
  expiresAt: z.date().nullable(),
  lastUsedAt: z.date().nullable(),
  revoked: z.object({ by: z.string(), at: z.date() }).nullable(),
});
type KeyDocument = z.infer<typeof documentSchema>;

/** A key, as stored. */
export const storedKeySchema: z.ZodType<ApiKey> = documentSchema.transform(
  ({ _id: name, role, sha256, createdAt, createdBy, employers, expiresAt, lastUsedAt, revoked }) => ({
    ...{ name, role, sha256, createdAt, createdBy },
    ...given({
      employers: employers ?? undefined,
      expiresAt: expiresAt ?? undefined,
      lastUsedAt: lastUsedAt ?? undefined,
      revoked: revoked ?? undefined,
    }),
  }),
);

const fromKey = ({ name: _id, ...key }: ApiKey): KeyDocument => ({
  _id,
  ...key,
  employers: key.employers === undefined ? null : [...key.employers],
  expiresAt: key.expiresAt ?? null,
  lastUsedAt: key.lastUsedAt ?? null,
  revoked: key.revoked ?? null,
});

const toList = (documents: readonly KeyDocument[]): KeyList => {
  const keys: ApiKey[] = [];
  const unreadable: string[] = [];
  for (const document of documents) {
    const stored = readStored(storedKeySchema, document);
    if (stored.kind === 'readable') keys.push(stored.value);
    else unreadable.push(document._id);
  }
  return { keys, unreadable };
};

/** The keys in MongoDB, a document per name. */
export const mongoApiKeys = (connection: Connection): ApiKeys => {
  const keys = connection.collection<KeyDocument>('api_keys');
  return {
    add: async (key) => {
      const { _id, ...fields } = fromKey(key);
      const { upsertedCount } = await keys.updateOne(
        { _id: { $eq: _id } },
        { $setOnInsert: fields },
        { upsert: true },
      );
      return upsertedCount === 1;
    },
    all: async () => toList(await keys.find().sort({ _id: 1 }).toArray()),
    holding: async (at) =>
      toList(
        await keys.find({ revoked: null, $or: [{ expiresAt: null }, { expiresAt: { $gt: at } }] }).toArray(),
      ),
    revoke: async (name, revoked) => {
      const { modifiedCount } = await keys.updateOne(
        { _id: { $eq: name }, revoked: null },
        { $set: { revoked } },
      );
      return modifiedCount === 1;
    },
    used: async (name, at) => {
      const before = new Date(at.getTime() - notedEveryMs);
      await keys.updateOne(
        { _id: { $eq: name }, $or: [{ lastUsedAt: null }, { lastUsedAt: { $lte: before } }] },
        { $set: { lastUsedAt: at } },
      );
    },
  };
};
