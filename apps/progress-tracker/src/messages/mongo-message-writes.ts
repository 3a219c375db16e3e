import { isMongoOutage, sharedCompareAndSet, type Change } from '@stopcovid/mongo';
import { shareCalls } from '@stopcovid/runtime';
import type { Collection } from 'mongoose';
import type { FoldedRecords, MessageChange, StoredMessage } from './fold-records';
import { idOf } from './logged-message';
import type { MessageStore } from './message-store';
import { fromMessage, sidFields, type MessageDocument } from './mongo-messages';

type Messages = Collection<MessageDocument>;

const changeOf = (
  { next, read }: MessageChange,
  withSids: boolean,
): Change<MessageDocument> & { readonly id: string } => ({
  id: idOf(next),
  expected: read?.version ?? 0,
  ...(read === undefined ? {} : { writeId: read.writeId }),
  set: { ...fromMessage(next), ...(withSids ? sidFields(next) : {}), version: (read?.version ?? 0) + 1 },
});

const sidChangeOf = ({ next, read }: MessageChange): Change<MessageDocument> => {
  const expected = (read?.version ?? 0) + 1;
  return { id: idOf(next), expected, set: { ...sidFields(next), version: expected + 1 } };
};

const sidsOf = (stored: readonly StoredMessage[]): ReadonlySet<string> =>
  new Set(stored.flatMap(({ message }) => message.sids));

/** Those that take over a carrier's id that another document still holds. */
const takingOver = ({ changes, absorbed }: FoldedRecords): readonly MessageChange[] => {
  const held = sidsOf(absorbed);
  return changes.filter(({ next }) => next.sids.some((sid) => held.has(sid)));
};

/** Of each list, whether none of it is left. One that was written meanwhile stays, with what it says. */
const removeAll = async (
  messages: Messages,
  all: readonly (readonly StoredMessage[])[],
): Promise<readonly boolean[]> => {
  const absorbed = all.flat();
  await messages.bulkWrite(
    absorbed.map(({ message, version, writeId }) => ({
      deleteOne: { filter: { _id: idOf(message), version, writeId } },
    })),
    { ordered: false },
  );
  const ids = absorbed.map(({ message }) => idOf(message));
  const found = await messages.find({ _id: { $in: ids } }, { projection: { _id: 1 } }).toArray();
  const left = new Set(found.map(({ _id }) => _id));
  return all.map((own) => !own.some(({ message }) => left.has(idOf(message))));
};

/**
 * Writes what records changed; those who write while others do share the next commands. A part that came first holds the
 * carrier's id, which must be unique. So its message is written first, with all that the part says; then the part goes;
 * then the message gets the id. A crash in between loses nothing: the same records come again and find what is left to do.
 */
export const messageWrites = (messages: Messages): MessageStore['save'] => {
  const write = sharedCompareAndSet<MessageDocument>(messages);
  const remove = shareCalls((all: readonly (readonly StoredMessage[])[]) => removeAll(messages, all), {
    isEverybodys: isMongoOutage,
  });
  const isWritten = async (changes: readonly Change<MessageDocument>[]): Promise<boolean> =>
    changes.length === 0 || (await write(changes)).conflicts.size === 0;
  return async (folded) => {
    const { changes, absorbed } = folded;
    const taking = new Set(takingOver(folded));
    if (!(await isWritten(changes.map((change) => changeOf(change, !taking.has(change)))))) return false;
    if (absorbed.length === 0) return true;
    return (await remove(absorbed)) && isWritten([...taking].map(sidChangeOf));
  };
};
