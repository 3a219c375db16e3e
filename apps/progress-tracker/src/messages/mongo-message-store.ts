import { randomUUID } from 'node:crypto';
import { ensureIndexes, modelOf } from '@stopcovid/mongo';
import type { Collection, Connection } from 'mongoose';
import { z } from 'zod';
import { groupBy } from '@stopcovid/runtime';
import { inOrder } from './billed';
import {
  costKeys,
  type Billed,
  type CostFilter,
  type CostGroup,
  type CostKey,
  type MessageFilter,
  type MessagePlace,
  type MessageStore,
} from './message-store';
import { messageLookups } from './mongo-message-lookups';
import { messageWrites } from './mongo-message-writes';
import { messagesSchema, readMessage, type MessageDocument } from './mongo-messages';

/* The driver's collection: documents are ours to check, and mongoose would make each of them again. */
type Messages = Collection<MessageDocument>;
type Condition = Readonly<Record<string, unknown>>;

const equal = (field: string, value: string | undefined): Condition =>
  value === undefined ? {} : { [field]: { $eq: value } };

const between = ({ from, to }: MessageFilter): Condition =>
  from === undefined && to === undefined
    ? {}
    : { at: { ...(from === undefined ? {} : { $gte: from }), ...(to === undefined ? {} : { $lt: to }) } };

const behind = (place: MessagePlace | undefined): Condition =>
  place === undefined
    ? {}
    : {
        $and: [{ at: { $lte: place.at } }, { $or: [{ at: { $lt: place.at } }, { _id: { $lt: place.id } }] }],
      };

/* Every value stands behind an operator of ours, so that none can bring its own. */
const filterOf = (filter: MessageFilter, after: MessagePlace | undefined): Condition => ({
  ...equal('phone', filter.phone),
  ...equal('status', filter.status),
  ...equal('direction', filter.direction),
  ...between(filter),
  ...behind(after),
});

const costedBy = ({ from, until, employers, ...exact }: CostFilter): Condition => ({
  sid: { $exists: true },
  ...(from === undefined && until === undefined
    ? {}
    : {
        day: {
          ...(from === undefined ? {} : { $gte: from }),
          ...(until === undefined ? {} : { $lt: until }),
        },
      }),
  $and: [
    Object.fromEntries(
      Object.entries(exact).flatMap(([key, wanted]) =>
        wanted === undefined ? [] : [[key, { $eq: wanted }]],
      ),
    ),
    ...(employers === undefined ? [] : [{ employerId: { $in: [...employers] } }]),
  ],
});

const groupSchema = z.object({
  _id: z.partialRecord(z.enum([...costKeys, 'currency']), z.string().nullable()),
  messages: z.int(),
  segments: z.int(),
  unmeasured: z.int(),
  millionths: z.int(),
});
type CurrencyGroup = z.infer<typeof groupSchema>;

const billedIn = ({ _id: { currency }, millionths, messages }: CurrencyGroup): readonly Billed[] =>
  typeof currency === 'string' ? [{ currency, millionths, messages }] : [];

const nameIn = ({ currency: _currency, ...name }: CurrencyGroup['_id']): CostGroup['name'] => name;

/* A group comes once for each currency, and once for what has no price. */
const toCostGroup = (parts: readonly [CurrencyGroup, ...CurrencyGroup[]]): CostGroup => {
  const sum = (of: 'messages' | 'segments' | 'unmeasured') => parts.reduce((all, part) => all + part[of], 0);
  return {
    name: nameIn(parts[0]._id),
    sums: {
      messages: sum('messages'),
      segments: sum('segments'),
      unmeasured: sum('unmeasured'),
      billed: inOrder(parts.flatMap(billedIn)),
    },
  };
};

const costs = async (
  messages: Messages,
  filter: CostFilter,
  by: readonly CostKey[],
): Promise<readonly CostGroup[]> => {
  const groups = await messages
    .aggregate([
      { $match: costedBy(filter) },
      {
        $group: {
          _id: Object.fromEntries([...by, 'currency'].map((key) => [key, { $ifNull: [`$${key}`, null] }])),
          messages: { $sum: 1 },
          segments: { $sum: '$segments' },
          unmeasured: { $sum: { $cond: [{ $eq: ['$segments', null] }, 1, 0] } },
          millionths: { $sum: '$millionths' },
        },
      },
    ])
    .toArray();
  const parts = groups.map((raw) => groupSchema.parse(raw));
  return [...groupBy(parts, ({ _id }) => JSON.stringify(by.map((key) => _id[key])))].map(([, own]) =>
    toCostGroup(own),
  );
};

/** The message log in MongoDB, a document per message. Resolves when its indexes are there. */
export const mongoMessageStore = async (
  connection: Connection,
  collection = 'messages',
): Promise<MessageStore> => {
  await ensureIndexes(connection, [modelOf(connection, collection, messagesSchema(collection))]);
  const messages = connection.collection<MessageDocument>(collection);
  return {
    load: messageLookups(messages),
    save: messageWrites(messages),
    forget: async (phone, until) => {
      await messages.updateMany(
        { phone: { $eq: phone }, at: { $lte: until }, body: { $nin: [null, ''] } },
        { $set: { body: '', mediaUrls: [], writeId: randomUUID() }, $inc: { version: 1 } },
      );
    },
    messages: async (filter, { after, limit }) => {
      const found = await messages
        .find(filterOf(filter, after))
        .sort({ at: -1, _id: -1 })
        .limit(limit + 1)
        .toArray();
      const page = found.slice(0, limit);
      const read = page.map((document) => ({ id: document._id, stored: readMessage(document) }));
      const unreadable = read.flatMap(({ id, stored }) =>
        stored.kind === 'unreadable' ? [{ id, reason: stored.reason }] : [],
      );
      const last = page.at(-1);
      return {
        items: read.flatMap(({ stored }) => (stored.kind === 'readable' ? [stored.value.message] : [])),
        ...(unreadable.length === 0 ? {} : { unreadable }),
        ...(found.length > limit && last ? { next: { at: last.at, id: last._id } } : {}),
      };
    },
    costs: (filter, by) => costs(messages, filter, by),
  };
};
