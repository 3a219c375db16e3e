import type { SmsLogRecord } from '@stopcovid/contracts';
import { isDeepStrictEqual } from 'node:util';
import { idOf, joined, partOf, type LoggedMessage } from './logged-message';

/** A message as it was read. */
export type StoredMessage = {
  readonly message: LoggedMessage;
  /** Counts the writes of the document. */
  readonly version: number;
  readonly writeId: string;
};

/** The next content of a message, and its document as it was read; there was none when `read` is absent. */
export type MessageChange = { readonly next: LoggedMessage; readonly read?: StoredMessage };

/** What some records change. `absorbed` were parts of messages that are known whole now: they are to go. */
export type FoldedRecords = {
  readonly changes: readonly MessageChange[];
  readonly absorbed: readonly StoredMessage[];
};

type Draft = {
  readonly messages: Map<string, LoggedMessage>;
  readonly ownerOfSid: Map<string, string>;
};

const put = (draft: Draft, message: LoggedMessage): void => {
  const id = idOf(message);
  draft.messages.set(id, message);
  for (const sid of message.sids) draft.ownerOfSid.set(sid, id);
};

/** What came before its message has neither a text nor our id. */
const isLoose = ({ messageId, content }: LoggedMessage): boolean =>
  messageId === undefined && content.body === undefined;

/** A carrier's id belongs to one message: what another message already has is not given to this one. */
const withoutSids = (part: LoggedMessage): LoggedMessage => ({ ...part, sids: [] });

const add = (draft: Draft, part: LoggedMessage): void => {
  const [sid] = part.sids;
  const ownerId = sid === undefined ? undefined : draft.ownerOfSid.get(sid);
  const owner = ownerId === undefined ? undefined : draft.messages.get(ownerId);
  const id = part.messageId ?? ownerId ?? idOf(part);
  const own = draft.messages.get(id);
  const join = (next: LoggedMessage): void => put(draft, own === undefined ? next : joined(own, next));
  if (owner === undefined || ownerId === undefined || ownerId === id) return join(part);
  if (!isLoose(owner)) return join(withoutSids(part));
  draft.messages.delete(ownerId);
  join(joined(owner, part));
};

/** Joins records, in any order and however often they come, with what is known of their messages. */
export const foldRecords = (
  known: readonly StoredMessage[],
  records: readonly SmsLogRecord[],
): FoldedRecords => {
  const draft: Draft = { messages: new Map(), ownerOfSid: new Map() };
  const before = new Map(known.map((stored) => [idOf(stored.message), stored]));
  for (const { message } of known) put(draft, message);
  for (const record of records) add(draft, partOf(record));
  const changes = [...draft.messages].flatMap(([id, next]): readonly MessageChange[] => {
    const read = before.get(id);
    if (read === undefined) return [{ next }];
    return isDeepStrictEqual(read.message, next) ? [] : [{ next, read }];
  });
  return { changes, absorbed: known.filter(({ message }) => !draft.messages.has(idOf(message))) };
};

/** The ids by which records may be known: ours and the carrier's. */
export const idsIn = (
  records: readonly SmsLogRecord[],
): { readonly messageIds: readonly string[]; readonly sids: readonly string[] } => ({
  messageIds: [
    ...new Set(records.flatMap((record) => (record.type === 'SmsReceived' ? [] : (record.messageId ?? [])))),
  ],
  sids: [...new Set(records.flatMap(({ sid }) => sid ?? []))],
});
