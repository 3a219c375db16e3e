import type { LocalDate } from '@stopcovid/calendar';
import { phoneSchema, type Phone } from '@stopcovid/contracts';
import { addMissing, ensureIndexes, modelOf } from '@stopcovid/mongo';
import { Schema, type Collection, type Connection } from 'mongoose';
import { z } from 'zod';
import { audienceSchema } from '../audiences/audience';
import type { SettledMessage, WaitingMessage, WaitingMessages } from '../clock/waiting-messages';
import type { Erasure } from '../erasure/erasure';
import { readDocument } from '../progress/read-document';
import { broadcastRequestSchema, type Letter, type Recipient } from './broadcast';
import type { Broadcast, BroadcastPage, Broadcasts } from './broadcasts';

const { texts, at, keepHours, busy } = broadcastRequestSchema.shape;

const letterSchema: z.ZodType<Letter> = z.object({ audience: audienceSchema, texts, at, keepHours, busy });

const documentSchema = z.object({
  _id: z.string(),
  letter: letterSchema,
  fingerprint: z.string(),
  by: z.string(),
  at: z.date(),
  state: z.enum(['freezing', 'running', 'stopped']),
  people: z.int(),
  stopped: z.object({ by: z.string(), at: z.date() }).nullable(),
});
type BroadcastDocument = Omit<z.infer<typeof documentSchema>, 'letter'> & { readonly letter: Letter };

/** A broadcast as the domain has it. */
export const storedBroadcastSchema: z.ZodType<Broadcast> = documentSchema.transform(
  ({ _id: id, ...broadcast }) => ({ id, ...broadcast }),
);

const recipientSchema = z.object({
  _id: z.string(),
  broadcast: z.string(),
  phone: phoneSchema,
  date: z.string(),
  minute: z.int(),
  until: z.number(),
  state: z.enum(['frozen', 'waiting', 'published', 'passed', 'stopped']),
  marked: z.boolean(),
  settled: z.object({ at: z.number(), reason: z.string().nullable() }).nullable(),
});
type RecipientDocument = z.infer<typeof recipientSchema>;

/** Somebody on the list of a broadcast, as stored. */
export const storedRecipientSchema: z.ZodType<RecipientDocument> = recipientSchema;

const listSchema = (collection: string): Schema<RecipientDocument> =>
  new Schema<RecipientDocument>(
    { _id: String, broadcast: String, phone: String, state: String, marked: Boolean },
    { collection, strict: false },
  )
    .index({ phone: 1, state: 1 })
    .index({ broadcast: 1, state: 1 })
    .index({ marked: 1 });

const readAs = <T>(schema: z.ZodType<T>, document: unknown): T =>
  readDocument(schema, 'broadcasts', document);

const keyOf = (broadcast: string, phone: string): string => `${broadcast}/${phone}`;

const listed = (broadcast: string, { phone, date, minute, until }: Recipient) => ({
  broadcast,
  phone,
  date,
  minute,
  until,
  state: 'frozen' as const,
  marked: true,
  settled: null,
});

const settling = ({ message, phone, outcome, at, reason }: SettledMessage) => ({
  updateOne: {
    filter: { _id: keyOf(message, phone), state: 'waiting' as const },
    update: { $set: { state: outcome, settled: { at, reason } } },
  },
});

const saying = (all: readonly Broadcast[]) => {
  const letters = new Map(all.map(({ id, letter }) => [id, letter]));
  return ({ broadcast, date, minute, until }: RecipientDocument): readonly WaitingMessage[] => {
    const letter = letters.get(broadcast);
    if (letter === undefined) return [];
    const content = { texts: letter.texts, broadcastId: broadcast };
    return [{ kind: 'broadcast', id: broadcast, date: date as LocalDate, minute, until, content }];
  };
};

type Lists = Collection<RecipientDocument>;

const waitingIn = (lists: Lists, broadcasts: Collection<BroadcastDocument>): WaitingMessages => ({
  waitingFor: async (phones) => {
    const found = await lists
      .find({ phone: { $in: phones.map(({ phone }) => phone) }, state: 'waiting' })
      .toArray();
    const recipients = found.map((each) => readAs(storedRecipientSchema, each));
    if (recipients.length === 0) return new Map();
    const ids = [...new Set(recipients.map(({ broadcast }) => broadcast))];
    const stored = await broadcasts.find({ _id: { $in: ids } }).toArray();
    const messagesOf = saying(stored.map((each) => readAs(storedBroadcastSchema, each)));
    const waiting = new Map<Phone, readonly WaitingMessage[]>();
    for (const each of recipients)
      waiting.set(each.phone, [...(waiting.get(each.phone) ?? []), ...messagesOf(each)]);
    return waiting;
  },
  settle: async (settled) => {
    if (settled.length > 0) await lists.bulkWrite(settled.map(settling), { ordered: false });
  },
  unmarked: async (limit) =>
    (
      await lists
        .find({ marked: false }, { projection: { phone: 1 } })
        .limit(limit)
        .toArray()
    ).map(({ _id: key, phone }) => ({ key, phone })),
  noteMarked: async (keys) => {
    await lists.updateMany({ _id: { $in: [...keys] } }, { $set: { marked: true } });
  },
});

const forgetIn = async (
  lists: Lists,
  broadcasts: Collection<BroadcastDocument>,
  { phone, at }: Pick<Erasure, 'phone' | 'at'>,
): Promise<void> => {
  const listed = await lists.find({ phone }, { projection: { broadcast: 1 } }).toArray();
  if (listed.length === 0) return;
  const ids = [...new Set(listed.map(({ broadcast }) => broadcast))];
  const before = await broadcasts
    .find({ _id: { $in: ids }, at: { $lt: at } }, { projection: { _id: 1 } })
    .toArray();
  await lists.deleteMany({ _id: { $in: before.map(({ _id }) => keyOf(_id, phone)) } });
};

const latestIn = async (
  broadcasts: Collection<BroadcastDocument>,
  { after, limit }: BroadcastPage,
): Promise<readonly Broadcast[]> => {
  const behind =
    after === undefined ? {} : { $or: [{ at: { $lt: after.at } }, { at: after.at, _id: { $lt: after.id } }] };
  const found = await broadcasts.find(behind).sort({ at: -1, _id: -1 }).limit(limit).toArray();
  return found.map((each) => readAs(storedBroadcastSchema, each));
};

/** Broadcasts in MongoDB: a document each, and one for everybody on a list. Resolves when their indexes are there. */
export const mongoBroadcasts = async (connection: Connection): Promise<Broadcasts> => {
  await ensureIndexes(connection, [
    modelOf(connection, 'broadcast_recipients', listSchema('broadcast_recipients')),
  ]);
  const broadcasts = connection.collection<BroadcastDocument>('broadcasts');
  const lists = connection.collection<RecipientDocument>('broadcast_recipients');
  const of = async (id: string): Promise<Broadcast | undefined> => {
    const found = await broadcasts.findOne({ _id: { $eq: id } });
    return found === null ? undefined : readAs(storedBroadcastSchema, found);
  };
  return {
    of,
    begin: async ({ id, ...broadcast }) => {
      await broadcasts.updateOne({ _id: { $eq: id } }, { $setOnInsert: broadcast }, { upsert: true });
      return (await of(id)) ?? { id, ...broadcast };
    },
    freeze: (id, recipients) =>
      addMissing(
        lists,
        recipients.map((recipient) => [keyOf(id, recipient.phone), listed(id, recipient)]),
      ),
    release: async (id, people) => {
      if ((await of(id))?.state !== 'freezing') return;
      await lists.updateMany(
        { broadcast: id, state: 'frozen' },
        { $set: { state: 'waiting', marked: false } },
      );
      await broadcasts.updateOne({ _id: id, state: 'freezing' }, { $set: { state: 'running', people } });
    },
    stop: async (id, stopped) => {
      const found = await of(id);
      if (found === undefined || found.state === 'freezing') return false;
      await broadcasts.updateOne({ _id: id, state: 'running' }, { $set: { state: 'stopped', stopped } });
      await lists.updateMany({ broadcast: id, state: 'waiting' }, { $set: { state: 'stopped' } });
      return true;
    },
    latest: (page) => latestIn(broadcasts, page),
    forget: (erasure) => forgetIn(lists, broadcasts, erasure),
    progressOf: async (id) => {
      const count = (state: RecipientDocument['state']) => lists.countDocuments({ broadcast: id, state });
      const [waiting, published, passed, stopped] = await Promise.all(
        (['waiting', 'published', 'passed', 'stopped'] as const).map(count),
      );
      return { waiting: waiting ?? 0, published: published ?? 0, passed: passed ?? 0, stopped: stopped ?? 0 };
    },
    ...waitingIn(lists, broadcasts),
  };
};
