import type { LocalDate } from '@stopcovid/calendar';
import type { SettledMessage, WaitingMessage, WaitingMessages } from '../clock/waiting-messages';
import type { Recipient } from './broadcast';
import type { Broadcast, BroadcastPage, Broadcasts } from './broadcasts';

type Listed = Recipient & {
  readonly broadcast: string;
  state: 'frozen' | 'waiting' | SettledMessage['outcome'] | 'stopped';
  marked: boolean;
};

const keyOf = (broadcast: string, phone: string): string => `${broadcast}/${phone}`;

const waitingIn = (
  lists: ReadonlyMap<string, Listed>,
  messageOf: (listed: Listed) => readonly WaitingMessage[],
): WaitingMessages => ({
  waitingFor: (phones) => {
    const waiting = [...lists.values()].filter(({ state }) => state === 'waiting');
    return Promise.resolve(
      new Map(
        phones.map(({ phone }) => [
          phone,
          waiting.filter((listed) => listed.phone === phone).flatMap(messageOf),
        ]),
      ),
    );
  },
  settle: (settled) => {
    for (const { phone, message, outcome } of settled) {
      const listed = lists.get(keyOf(message, phone));
      if (listed?.state === 'waiting') listed.state = outcome;
    }
    return Promise.resolve();
  },
  unmarked: (limit) =>
    Promise.resolve(
      [...lists]
        .filter(([, { state, marked }]) => state === 'waiting' && !marked)
        .slice(0, limit)
        .map(([key, { phone }]) => ({ key, phone })),
    ),
  noteMarked: (keys) => {
    for (const key of keys) {
      const listed = lists.get(key);
      if (listed !== undefined) listed.marked = true;
    }
    return Promise.resolve();
  },
});

type Place = NonNullable<BroadcastPage['after']>;
const latestFirst = (one: Place, other: Place): number =>
  other.at.getTime() - one.at.getTime() || (one.id > other.id ? -1 : Number(one.id < other.id));

const latestOf = (broadcasts: readonly Broadcast[], { after, limit }: BroadcastPage): readonly Broadcast[] =>
  [...broadcasts]
    .sort(latestFirst)
    .filter((each) => after === undefined || latestFirst(after, each) < 0)
    .slice(0, limit);

const progressIn = (lists: readonly Listed[]) => {
  const count = (wanted: Listed['state']) => lists.filter(({ state }) => state === wanted).length;
  return {
    waiting: count('waiting'),
    published: count('published'),
    passed: count('passed'),
    stopped: count('stopped'),
  };
};

/** Broadcasts in memory: gone when the process ends. */
export const inMemoryBroadcasts = (): Broadcasts => {
  const broadcasts = new Map<string, Broadcast>();
  const lists = new Map<string, Listed>();
  const move = (id: string, from: Listed['state'], to: Listed['state']): void => {
    for (const each of lists.values())
      if (each.broadcast === id && each.state === from) Object.assign(each, { state: to, marked: false });
  };
  const messageOf = ({ broadcast, date, minute, until }: Listed): readonly WaitingMessage[] => {
    const letter = broadcasts.get(broadcast)?.letter;
    if (letter === undefined) return [];
    const content = { texts: letter.texts, broadcastId: broadcast };
    return [{ kind: 'broadcast', id: broadcast, date: date as LocalDate, minute, until, content }];
  };
  return {
    begin: (broadcast) => {
      const kept = broadcasts.get(broadcast.id) ?? broadcast;
      broadcasts.set(broadcast.id, kept);
      return Promise.resolve(kept);
    },
    freeze: (broadcast, recipients) => {
      for (const recipient of recipients) {
        const key = keyOf(broadcast, recipient.phone);
        if (!lists.has(key)) lists.set(key, { ...recipient, broadcast, state: 'frozen', marked: true });
      }
      return Promise.resolve();
    },
    release: (id, people) => {
      const found = broadcasts.get(id);
      if (found?.state !== 'freezing') return Promise.resolve();
      move(id, 'frozen', 'waiting');
      broadcasts.set(id, { ...found, state: 'running', people });
      return Promise.resolve();
    },
    stop: (id, stopped) => {
      const found = broadcasts.get(id);
      if (found === undefined || found.state === 'freezing') return Promise.resolve(false);
      broadcasts.set(id, { ...found, state: 'stopped', stopped: found.stopped ?? stopped });
      move(id, 'waiting', 'stopped');
      return Promise.resolve(true);
    },
    of: (id) => Promise.resolve(broadcasts.get(id)),
    latest: (page) => Promise.resolve(latestOf([...broadcasts.values()], page)),
    forget: ({ phone, at }) => {
      for (const [key, listed] of lists) {
        const confirmed = broadcasts.get(listed.broadcast);
        if (listed.phone === phone && confirmed !== undefined && confirmed.at < at) lists.delete(key);
      }
      return Promise.resolve();
    },
    progressOf: (id) =>
      Promise.resolve(progressIn([...lists.values()].filter(({ broadcast }) => broadcast === id))),
    ...waitingIn(lists, messageOf),
  };
};
