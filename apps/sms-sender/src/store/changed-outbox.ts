import type { Within } from '@stopcovid/mongo';
import type { Outbox } from '../outbox/outbox';

type Content = Omit<Outbox, 'phone' | 'revision' | 'lastOffset'>;

/** What is to be written: fields whole, and what changes beside them. */
export type ChangedOutbox = { readonly set: Partial<Content>; readonly within: Within };

/** Lists that grow at their end, and lose their oldest. */
const growing = ['recentSids', 'sentLately'] as const;

/** What has to be written where a document holds `read`, for it to hold `next`. What is the very same value is left alone. */
export const changedOutbox = (read: Outbox, next: Outbox): ChangedOutbox => {
  const before = contentOf(read);
  const after = contentOf(next);
  const $unset = [...before.keys()].filter((name) => after.get(name) === undefined);
  const pushed = growing.flatMap((name) => {
    const added = addedTo<unknown>(read[name] ?? [], next[name] ?? []);
    return added === undefined ? [] : [[name, { $each: added, $slice: -(next[name]?.length ?? 0) }] as const];
  });
  const isPushed = (name: string): boolean => pushed.some(([each]) => each === name);
  const changed = [...after].filter(([name, value]) => value !== before.get(name) && !isPushed(name));
  return {
    set: Object.fromEntries(changed),
    within: {
      ...($unset.length > 0 && { $unset: Object.fromEntries($unset.map((name) => [name, ''])) }),
      ...(pushed.length > 0 && { $push: Object.fromEntries(pushed) }),
    },
  };
};

const contentOf = ({
  phone: _phone,
  revision: _revision,
  lastOffset: _lastOffset,
  ...content
}: Outbox): ReadonlyMap<string, unknown> =>
  new Map(Object.entries(content).filter(([, value]) => value !== undefined));

/** What came at the end; undefined where nothing did, or where the lists differ otherwise. */
const addedTo = <T>(read: readonly T[], next: readonly T[]): readonly T[] | undefined => {
  const last = read.at(-1);
  if (last === undefined || next === read) return undefined;
  const added = next.slice(next.lastIndexOf(last) + 1);
  const kept = [...read, ...added].slice(-next.length);
  const isGrown =
    added.length > 0 && added.length < next.length && next.every((each, at) => each === kept[at]);
  return isGrown ? added : undefined;
};
