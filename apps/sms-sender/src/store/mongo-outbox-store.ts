import type { Phone } from '@stopcovid/contracts';
import { sharedCompareAndSet, sharedFind, type Change, type Versioned } from '@stopcovid/mongo';
import { LatestMap } from '@stopcovid/runtime';
import type { Connection } from 'mongoose';
import { dueAt, isDoubtful, priorityOf, type Outbox, type Priority } from '../outbox/outbox';
import { changedOutbox } from './changed-outbox';
import { readOutbox } from './outbox-document';
import { saved, unreadablePauseMs, type DueQuery, type Found, type OutboxStore } from './outbox-store';

const collectionName = 'outboxes';

/** `version` is the outbox's revision; `nextAt`, `priority` and `doubtful` are there to be searched by. */
type OutboxDocument = Omit<Outbox, 'phone' | 'revision' | 'lastOffset'> &
  Versioned & {
    readonly lastOffset: string | null;
    readonly nextAt: number | null;
    readonly priority: Priority;
    /** Documents of earlier releases lack it. */
    readonly doubtful: boolean | null;
  };

/** An outbox as it stands in the store, and which write left it so. */
type Left = { readonly outbox: Outbox; readonly writeId: string };

const known = 2_000;

/** All of it; or what has changed, where it is known who left the document as it was. */
const toChange = (outbox: Outbox, left: Left | undefined): Change<OutboxDocument> => {
  const { phone, revision, lastOffset, ...content } = outbox;
  const always = {
    version: revision + 1,
    lastOffset: lastOffset ?? null,
    nextAt: dueAt(outbox),
    priority: priorityOf(outbox),
    doubtful: isDoubtful(outbox),
  };
  const change = { id: phone, expected: revision };
  if (left?.outbox.revision !== revision) return { ...change, set: { ...content, ...always } };
  const { set, within } = changedOutbox(left.outbox, outbox);
  return { ...change, writeId: left.writeId, set: { ...set, ...always }, within };
};

type FoundDocument = { readonly _id: Phone; readonly writeId?: string };

const foundIn = (documents: readonly FoundDocument[], left: Map<Phone, Left>): Found => {
  const read = documents.map((document) => [document._id, readOutbox(document)] as const);
  for (const [index, [phone, it]] of read.entries()) {
    const writeId = documents[index]?.writeId;
    if (it.kind === 'readable' && writeId !== undefined) left.set(phone, { outbox: it.value, writeId });
    else left.delete(phone);
  }
  return {
    outboxes: new Map(read.flatMap(([phone, it]) => (it.kind === 'readable' ? [[phone, it.value]] : []))),
    unreadable: new Map(
      read.flatMap(([phone, it]) => (it.kind === 'unreadable' ? [[phone, it.reason]] : [])),
    ),
  };
};

/**
 * Outboxes in MongoDB: one document per phone, written by compare-and-set alone. Whoever takes in, claims, settles and
 * hears reports at the same time shares reads and writes. Makes its indexes first.
 */
export const mongoOutboxStore = async (connection: Connection): Promise<OutboxStore> => {
  const documents = connection.collection<OutboxDocument>(collectionName);
  const left = new LatestMap<Phone, Left>(known);
  const find = sharedFind<FoundDocument>(
    (phones) => documents.find<FoundDocument>({ _id: { $in: [...phones] } }).toArray(),
    ({ _id }) => [_id],
  );
  const write = sharedCompareAndSet<OutboxDocument>(documents);
  await documents.createIndex({ priority: 1, doubtful: 1, partition: 1, nextAt: 1 });
  const putOff = async (phones: readonly Phone[], until: number): Promise<void> => {
    const due = { _id: { $in: [...phones] }, nextAt: { $lt: until } };
    await documents.updateMany(due, { $set: { nextAt: until } });
  };
  const due = async (query: DueQuery): Promise<Found> => {
    const next = documents.find<FoundDocument>(filterOf(query)).sort({ nextAt: 1 }).limit(query.limit);
    const found = foundIn(await next.toArray(), left);
    if (found.unreadable.size === 0) return found;
    await putOff([...found.unreadable.keys()], query.at + unreadablePauseMs);
    /* The others are found again, with as many more as were in the way. */
    const { outboxes, unreadable } = await due(query);
    return { outboxes, unreadable: new Map([...found.unreadable, ...unreadable]) };
  };
  return {
    due,
    load: async (phones) => foundIn(await find(phones), left),
    save: async (changed) => {
      const changes = changed.map((outbox) => toChange(outbox, left.get(outbox.phone)));
      changed.forEach(({ phone }) => left.delete(phone));
      const { conflicts, writeId } = await write(changes);
      for (const outbox of changed)
        if (!conflicts.has(outbox.phone)) left.set(outbox.phone, { outbox: saved(outbox), writeId });
      return new Set(changed.flatMap(({ phone }) => (conflicts.has(phone) ? [phone] : [])));
    },
    putOff,
    /* Only who has an open text is `later`, so the index can answer alone. */
    waiting: ({ priority, until, most }) =>
      documents.countDocuments({ priority, nextAt: { $lte: until } }, { limit: most }),
  };
};

/** Documents of earlier releases do not say whether they are in doubt: those are served like the others. */
const filterOf = ({ partitions, lane, at }: DueQuery) => ({
  priority: lane === 'doubtful' ? { $in: ['first' as const, 'later' as const] } : lane,
  partition: { $in: [...partitions] },
  nextAt: { $lte: at },
  doubtful: lane === 'doubtful' ? true : { $in: [false, null] },
});
