import { isMongoOutage } from '@stopcovid/mongo';
import { shareCalls } from '@stopcovid/runtime';
import type { Collection } from 'mongoose';
import type { FoundMessages, MessageStore } from './message-store';
import { readMessage, type MessageDocument } from './mongo-messages';

type Messages = Collection<MessageDocument>;
type Asked = { readonly messageIds: readonly string[]; readonly sids: readonly string[] };

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
const find = async (messages: Messages, { messageIds, sids }: Asked): Promise<readonly MessageDocument[]> => {
  const named = await findBy(messages, '_id', [...messageIds, ...sids]);
  const held = heldBy(named);
  const open = sids.filter((sid) => !held.has(sid));
  const others = await Promise.all([findBy(messages, 'sid', open), findBy(messages, 'moreSids', open)]);
  const found = [...named, ...others.flat()];
  return [...new Map(found.map((document) => [document._id, document])).values()];
};

const findForAll = async (
  messages: Messages,
  all: readonly Asked[],
): Promise<readonly (readonly MessageDocument[])[]> => {
  const found = await find(messages, {
    messageIds: all.flatMap(({ messageIds }) => messageIds),
    sids: all.flatMap(({ sids }) => sids),
  });
  if (all.length === 1) return [found];
  return all.map(({ messageIds, sids }) => {
    const own = new Set([...messageIds, ...sids]);
    return found.filter((document) => idsAskedBy(document).some((id) => own.has(id)));
  });
};

const readAll = (documents: readonly MessageDocument[]): FoundMessages => {
  const read = documents.map((document) => ({ document, stored: readMessage(document) }));
  return {
    messages: read.flatMap(({ stored }) => (stored.kind === 'readable' ? [stored.value] : [])),
    unreadable: read.flatMap(({ document, stored }) =>
      stored.kind === 'unreadable' ? [{ ids: idsAskedBy(document), reason: stored.reason }] : [],
    ),
  };
};

/**
 * Finds messages for whoever asks; those who ask while others are answered share the next questions. Many ids are a
 * question of their own.
 */
export const messageLookups = (messages: Messages): MessageStore['load'] => {
  const share = shareCalls((all: readonly Asked[]) => findForAll(messages, all), {
    isEverybodys: isMongoOutage,
    sizeOf: ({ messageIds, sids }) => messageIds.length + sids.length,
  });
  return async (messageIds, sids) => readAll(await share({ messageIds, sids }));
};
