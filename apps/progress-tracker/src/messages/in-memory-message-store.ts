import { randomUUID } from 'node:crypto';
import type { MessageChange, StoredMessage } from './fold-records';
import { attributionOf, idOf, type LoggedMessage } from './logged-message';
import { groupBy } from '@stopcovid/runtime';
import { addedUp } from './billed';
import type {
  CostFilter,
  CostGroup,
  CostKey,
  CostSums,
  MessageFilter,
  MessagePlace,
  MessageStore,
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

const valueOf = (message: LoggedMessage, key: CostKey): string | null => {
  const { content } = message;
  switch (key) {
    case 'day':
      return dayOf(content.at);
    case 'employerId':
    case 'unitId':
    case 'language':
      return attributionOf(message)[key] ?? null;
    default:
      return content[key] ?? null;
  }
};

const isCosted = (message: LoggedMessage, { from, until, employers, ...exact }: CostFilter): boolean => {
  const [day, employer] = [dayOf(message.content.at), attributionOf(message).employerId];
  return (
    message.sids.length > 0 &&
    (from === undefined || day >= from) &&
    (until === undefined || day < until) &&
    (employers === undefined || (employer !== undefined && employers.includes(employer))) &&
    Object.entries(exact).every(
      ([key, wanted]) => wanted === undefined || valueOf(message, key as CostKey) === wanted,
    )
  );
};

const sumsOf = (messages: readonly LoggedMessage[]): CostSums => ({
  messages: messages.length,
  segments: messages.reduce((sum, { content }) => sum + (content.segments ?? 0), 0),
  unmeasured: messages.filter(({ content }) => content.segments === undefined).length,
  billed: addedUp(messages.flatMap(({ price }) => (price ? [{ ...price, messages: 1 }] : []))),
});

const costsOf = (messages: readonly LoggedMessage[], by: readonly CostKey[]): readonly CostGroup[] =>
  [...groupBy(messages, (message) => JSON.stringify(by.map((key) => valueOf(message, key))))].map(
    ([, own]) => ({
      name: Object.fromEntries(by.map((key) => [key, valueOf(own[0], key)])),
      sums: sumsOf(own),
    }),
  );

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
    forget: (phone, until) => {
      for (const [id, { message, version }] of stored) {
        const { content } = message;
        if (content.phone !== phone || content.at > until || !content.body) continue;
        const silent = { ...message, content: { ...content, body: '', mediaUrls: [] } };
        stored.set(id, { message: silent, version: version + 1, writeId: randomUUID() });
      }
      return Promise.resolve();
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
    costs: (filter, by) => {
      const billed = [...stored.values()]
        .map(({ message }) => message)
        .filter((message) => isCosted(message, filter));
      return Promise.resolve(costsOf(billed, by));
    },
  };
};
