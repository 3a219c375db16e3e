import { randomUUID } from 'node:crypto';
import type { MessageChange, StoredMessage } from './fold-records';
import { idOf, type LoggedMessage } from './logged-message';
import {
  orderOfCost,
  type CostRow,
  type MessageFilter,
  type MessagePlace,
  type MessageStore,
} from './message-store';

const placeOf = (message: LoggedMessage): MessagePlace => ({ at: message.content.at, id: idOf(message) });

/** Negative when the one comes first in a list. */
const newestFirst = (one: MessagePlace, other: MessagePlace): number => {
  const ahead = other.at.getTime() - one.at.getTime();
  if (ahead !== 0) return ahead;
  return one.id > other.id ? -1 : Number(one.id < other.id);
};

const isWithin = (at: Date, { from, to }: MessageFilter): boolean =>
  (from === undefined || at >= from) && (to === undefined || at < to);

const isAsked = <T>(wanted: T | undefined, value: T | undefined): boolean =>
  wanted === undefined || value === wanted;

const fits = (filter: MessageFilter, { content, report }: LoggedMessage): boolean =>
  isAsked(filter.phone, content.phone) &&
  isAsked(filter.status, report?.status) &&
  isAsked(filter.direction, content.direction) &&
  isWithin(content.at, filter);

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

type CostKey = Omit<CostRow, 'messages' | 'segments' | 'unmeasured'>;

const costKey = ({ content }: LoggedMessage): CostKey => ({
  day: dayOf(content.at),
  direction: content.direction,
  channel: content.channel,
  ...(content.encoding === undefined ? {} : { encoding: content.encoding }),
  ...(content.employerId === undefined ? {} : { employerId: content.employerId }),
});

const costOf = (messages: readonly LoggedMessage[]): readonly CostRow[] => {
  const rows = new Map<string, CostRow>();
  for (const message of messages) {
    const of = costKey(message);
    const key = JSON.stringify(of);
    const row = rows.get(key) ?? { ...of, messages: 0, segments: 0, unmeasured: 0 };
    const { segments } = message.content;
    rows.set(key, {
      ...row,
      messages: row.messages + 1,
      segments: row.segments + (segments ?? 0),
      unmeasured: row.unmeasured + Number(segments === undefined),
    });
  }
  return [...rows.values()].sort((one, other) => (orderOfCost(one) < orderOfCost(other) ? -1 : 1));
};

/** The message log in this process alone: gone when it ends. */
export const inMemoryMessageStore = (): MessageStore => {
  const stored = new Map<string, StoredMessage>();
  const isAsRead = ({ next, read }: MessageChange): boolean =>
    stored.get(idOf(next))?.writeId === read?.writeId;

  return {
    load: (messageIds, sids) => {
      const wanted = new Set(sids);
      const ours = new Set(messageIds);
      const has = ({ messageId, sids: own }: LoggedMessage): boolean =>
        (messageId !== undefined && ours.has(messageId)) || own.some((sid) => wanted.has(sid));
      const messages = [...stored.values()].filter(({ message }) => has(message));
      return Promise.resolve({ messages, unreadable: [] });
    },
    save: ({ changes, absorbed }) => {
      const gone = absorbed.map(({ message }) => idOf(message));
      if (!changes.every(isAsRead)) return Promise.resolve(false);
      for (const id of gone) stored.delete(id);
      for (const { next, read } of changes)
        stored.set(idOf(next), { message: next, version: (read?.version ?? 0) + 1, writeId: randomUUID() });
      return Promise.resolve(true);
    },
    messages: (filter, { after, limit }) => {
      const found = [...stored.values()]
        .map(({ message }) => message)
        .filter((message) => fits(filter, message))
        .filter((message) => after === undefined || newestFirst(after, placeOf(message)) < 0)
        .sort((one, other) => newestFirst(placeOf(one), placeOf(other)));
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return Promise.resolve(found.length > limit && last ? { items, next: placeOf(last) } : { items });
    },
    cost: ({ from, to }) => {
      const billed = [...stored.values()]
        .map(({ message }) => message)
        .filter(({ sids }) => sids.length > 0)
        .filter(({ content }) => dayOf(content.at) >= from && dayOf(content.at) <= to);
      return Promise.resolve(costOf(billed));
    },
  };
};
