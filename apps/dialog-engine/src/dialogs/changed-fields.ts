import type { Within } from '@stopcovid/mongo';
import type { Dialog } from './dialog-store';

type Fields = Record<string, unknown>;

/** What is to be written: fields whole, and changes within others. */
export type ChangedFields = {
  readonly set: Partial<Omit<Dialog, 'phone'>> & Pick<Dialog, 'version'>;
  readonly within: Within;
};

/** What has to be written where a document holds `read`, for it to hold `next`. */
export const changedFields = (read: Dialog, next: Dialog): ChangedFields => {
  const added = addedIds(read, next);
  const { version, outbox, hold = null } = next;
  return {
    set: {
      version,
      ...(outbox !== read.outbox && { outbox }),
      ...(hold !== (read.hold ?? null) && { hold }),
      ...(added === undefined && { recentCommandIds: next.recentCommandIds }),
    },
    within: { ...changedState({ ...read.state }, { ...next.state }), ...pushed(added, next) },
  };
};

/** Part by part of the state: a reply moves the conversation, and leaves the person as they were. */
const changedState = (read: Fields, next: Fields): Within => {
  const $set: Fields = {};
  const $unset: Fields = {};
  for (const name of Object.keys({ ...read, ...next })) {
    const value = next[name];
    if (value === read[name]) continue;
    if (value === undefined) $unset[`state.${name}`] = '';
    else $set[`state.${name}`] = value;
  }
  return { $set, ...(Object.keys($unset).length > 0 && { $unset }) };
};

/** Ids come at the end, and the oldest go; undefined where they differ otherwise. */
const addedIds = (
  { recentCommandIds: read }: Dialog,
  { recentCommandIds: next }: Dialog,
): Dialog['recentCommandIds'] | undefined => {
  if (next === read) return [];
  const last = read.at(-1);
  const added = last === undefined ? next : next.slice(next.lastIndexOf(last) + 1);
  const kept = [...read, ...added].slice(-next.length);
  const isSame = next.length > 0 && kept.length === next.length && kept.every((id, at) => id === next[at]);
  return isSame ? added : undefined;
};

const pushed = (added: Dialog['recentCommandIds'] = [], { recentCommandIds }: Dialog): Within =>
  added.length === 0
    ? {}
    : { $push: { recentCommandIds: { $each: added, $slice: -recentCommandIds.length } } };
