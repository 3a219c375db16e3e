import { randomUUID } from 'node:crypto';
import { compareAndSet, ensureIndexes, modelOf, type Change } from '@stopcovid/mongo';
import type { Collection, Connection } from 'mongoose';
import { z } from 'zod';
import type { FoldedRecords, MessageChange, StoredMessage } from './fold-records';
import { groupBy } from '@stopcovid/runtime';
import { inOrder } from './billed';
import { idOf } from './logged-message';
import {
  costKeys,
  type Billed,
  type CostFilter,
  type CostGroup,
  type CostKey,
  type FoundMessages,
  type MessageFilter,
  type MessagePlace,
  type MessageStore,
} from './message-store';
import { fromMessage, messagesSchema, readMessage, sidFields, type MessageDocument } from './mongo-messages';

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

const changeOf = (
  { next, read }: MessageChange,
  withSids: boolean,
): Change<MessageDocument> & { readonly id: string } => ({
  id: idOf(next),
  expected: read?.version ?? 0,
  ...(read === undefined ? {} : { writeId: read.writeId }),
  set: { ...fromMessage(next), ...(withSids ? sidFields(next) : {}), version: (read?.version ?? 0) + 1 },
});

const sidsOf = (stored: readonly StoredMessage[]): ReadonlySet<string> =>
  new Set(stored.flatMap(({ message }) => message.sids));

/** Those that take over a carrier's id that another document still holds. */
const takingOver = ({ changes, absorbed }: FoldedRecords): readonly MessageChange[] => {
  const held = sidsOf(absorbed);
  return changes.filter(({ next }) => next.sids.some((sid) => held.has(sid)));
};

/** Whether none of them is left. One that was written meanwhile stays, with what it says. */
const removed = async (messages: Messages, absorbed: readonly StoredMessage[]): Promise<boolean> => {
  await messages.bulkWrite(
    absorbed.map(({ message, version, writeId }) => ({
      deleteOne: { filter: { _id: idOf(message), version, writeId } },
    })),
    { ordered: false },
  );
  const ids = absorbed.map(({ message }) => idOf(message));
  return (await messages.countDocuments({ _id: { $in: ids } })) === 0;
};

/**
 * A part that came first holds the carrier's id, which must be unique. So its message is written first, with all that
 * the part says; then the part goes; then the message gets the id. A crash in between loses nothing: the same records
 * come again and find what is left to do.
 */
const save = async (messages: Messages, folded: FoldedRecords): Promise<boolean> => {
  const { changes, absorbed } = folded;
  const taking = new Set(takingOver(folded));
  const first = await compareAndSet<MessageDocument>(
    messages,
    changes.map((change) => changeOf(change, !taking.has(change))),
  );
  if (first.conflicts.size > 0) return false;
  if (absorbed.length === 0) return true;
  if (!(await removed(messages, absorbed))) return false;
  const second = await compareAndSet<MessageDocument>(
    messages,
    [...taking].map(({ next, read }) => {
      const expected = (read?.version ?? 0) + 1;
      return { id: idOf(next), expected, set: { ...sidFields(next), version: expected + 1 } };
    }),
  );
  return second.conflicts.size === 0;
};

/** Nothing is taken for granted of a document that cannot be read. */
const idsAskedBy = ({ _id, sid, moreSids }: Readonly<Record<string, unknown>>): readonly string[] =>
  [_id, sid, moreSids].flat().filter((id): id is string => typeof id === 'string');

const findBy = async (
  messages: Messages,
  field: '_id' | 'sid' | 'moreSids',
  wanted: readonly string[],
): Promise<readonly MessageDocument[]> =>
  wanted.length === 0
    ? []
    : messages.find({ [field]: { $in: [...new Set(wanted)] } }, { batchSize: 1_000 }).toArray();

/** The carrier's ids that these documents hold for good: what is a part still may be another message's, too. */
const heldBy = (documents: readonly MessageDocument[]): ReadonlySet<string> =>
  new Set(
    documents.flatMap(({ messageId, body, sid, moreSids = [] }) =>
      sid === undefined || (messageId === null && body === null) ? [] : [sid, ...moreSids],
    ),
  );

/* One query per index: what an $or makes of them is up to the server. */
const load = async (
  messages: Messages,
  messageIds: readonly string[],
  sids: readonly string[],
): Promise<FoundMessages> => {
  const named = await findBy(messages, '_id', [...messageIds, ...sids]);
  const held = heldBy(named);
  const open = sids.filter((sid) => !held.has(sid));
  const others = await Promise.all([findBy(messages, 'sid', open), findBy(messages, 'moreSids', open)]);
  const found = [...named, ...others.flat()];
  const documents = [...new Map(found.map((document) => [document._id, document])).values()];
  const read = documents.map((document) => ({ document, stored: readMessage(document) }));
  return {
    messages: read.flatMap(({ stored }) => (stored.kind === 'readable' ? [stored.value] : [])),
    unreadable: read.flatMap(({ document, stored }) =>
      stored.kind === 'unreadable' ? [{ ids: idsAskedBy(document), reason: stored.reason }] : [],
    ),
  };
};

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
    load: (messageIds, sids) => load(messages, messageIds, sids),
    save: (folded) => save(messages, folded),
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
