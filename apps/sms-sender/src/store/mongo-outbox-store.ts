import type { Phone } from '@stopcovid/contracts';
import { compareAndSet, type Change } from '@stopcovid/mongo';
import type { Connection } from 'mongoose';
import { dueAt, priorityOf, type Gap, type Outbox, type Priority } from '../outbox/outbox';
import type { DueQuery, OutboxStore } from './outbox-store';

const collectionName = 'outboxes';

/** `version` is the outbox's revision; `nextAt` and `priority` are there to be searched by. */
type OutboxDocument = Omit<Outbox, 'phone' | 'revision' | 'lastOffset' | 'gap'> & {
  readonly _id: Phone;
  readonly version: number;
  readonly writeId: string;
  readonly lastOffset: string | null;
  readonly gap: Gap | null;
  readonly nextAt: number | null;
  readonly priority: Priority;
};

const toChange = (outbox: Outbox): Change<OutboxDocument> => {
  const { phone, revision, lastOffset, gap, ...content } = outbox;
  return {
    id: phone,
    expected: revision,
    set: {
      ...content,
      version: revision + 1,
      lastOffset: lastOffset ?? null,
      gap: gap ?? null,
      nextAt: dueAt(outbox),
      priority: priorityOf(outbox),
    },
  };
};

const toOutbox = (document: OutboxDocument): Outbox => ({
  phone: document._id,
  revision: document.version,
  partition: document.partition,
  lastVersion: document.lastVersion,
  ...(document.lastOffset === null ? {} : { lastOffset: document.lastOffset }),
  optedOut: document.optedOut,
  carrierOptOut: document.carrierOptOut,
  ...(document.optedInVersion === undefined ? {} : { optedInVersion: document.optedInVersion }),
  ...(document.optedInAt === undefined ? {} : { optedInAt: document.optedInAt }),
  notBefore: document.notBefore,
  pending: document.pending,
  recentSids: document.recentSids,
  parked: document.parked,
  ...(document.repeats === undefined ? {} : { repeats: document.repeats }),
  ...(document.gap === null ? {} : { gap: document.gap }),
});

/** Outboxes in MongoDB: one document per phone, written by compare-and-set alone. Makes its index first. */
export const mongoOutboxStore = async (connection: Connection): Promise<OutboxStore> => {
  const outboxes = connection.collection<OutboxDocument>(collectionName);
  await outboxes.createIndex({ priority: 1, partition: 1, nextAt: 1 });
  return {
    load: async (phones) => {
      const found = await outboxes.find({ _id: { $in: [...phones] } }).toArray();
      return new Map(found.map((document) => [document._id, toOutbox(document)]));
    },
    save: async (changed) => {
      const { conflicts } = await compareAndSet<OutboxDocument>(outboxes, changed.map(toChange));
      return new Set(changed.flatMap(({ phone }) => (conflicts.has(phone) ? [phone] : [])));
    },
    due: async (query) => {
      const found = await outboxes.find(filterOf(query)).sort({ nextAt: 1 }).limit(query.limit).toArray();
      return found.map(toOutbox);
    },
    /* Only who has an open text is `later`, so the index can answer alone, in `most` steps. */
    waiting: (most) => outboxes.countDocuments({ priority: 'later' }, { limit: most }),
  };
};

const filterOf = ({ partitions, priority, at }: DueQuery) => ({
  priority,
  ...(partitions === 'all' ? {} : { partition: { $in: [...partitions] } }),
  nextAt: { $lte: at },
});
