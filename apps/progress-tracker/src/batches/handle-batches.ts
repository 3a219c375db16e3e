import { commandRecord, topics, type DialogCommand, type EventBatch } from '@stopcovid/contracts';
import {
  PublishFailed,
  type AskReread,
  type LogRecord,
  type Outcome,
  type Publisher,
  type ReadPlace,
} from '@stopcovid/kafka';
import { isMongoOutage } from '@stopcovid/mongo';
import {
  sharedDocuments,
  VersionedReader,
  type Change,
  type ReaderContext,
  type SliceReport,
  type WaitingPhones,
} from '@stopcovid/projections';
import { erasuresIn, type Erasure } from '../erasure/erasure';
import type { MessageStore } from '../messages/message-store';
import { attributeTexts } from '../messages/attribute-texts';
import { decidedBy, isAsked } from '../operations/asked-command';
import type { CommandRecords } from '../operations/command-records';
import { commandsIn } from '../progress/fold-batches';
import type { Offer } from '../progress/offer';
import { progressDocuments, progressFold, type PhoneProgress } from '../progress/phone-progress';
import type { ProgressStore } from '../progress/progress-store';
import { keepersOf, noteAll, type KeptStores } from '../projections/kept-stores';
import { shareLists } from './share-lists';

/** The reader of the topic of events. */
export type HandleBatches = {
  /** Takes a slice of one partition's records; answers one outcome per record, in their order. */
  (records: readonly LogRecord[], context: ReaderContext): Promise<readonly Outcome[]>;
  /** From where a partition on which nothing is at work is to be read again. */
  readonly rereadFrom: AskReread;
};

/** What the projections are kept with. */
export type BatchParts = {
  readonly store: ProgressStore;
  readonly kept: KeptStores;
  /** Where it is kept what became of commands that people asked for, if it is. */
  readonly commands?: Pick<CommandRecords, 'settle'>;
  /** What texts said, which goes with who is erased. */
  readonly messages?: Pick<MessageStore, 'forget'>;
  /** What is no projection, and has something of a phone that goes with an erasure; twice does no harm. */
  readonly forgetters?: readonly { readonly forget: (erasure: Erasure) => Promise<void> }[];
  /** Tells others of batches that are included now; a batch may come again. */
  readonly tell?: (batches: readonly EventBatch[]) => Promise<void>;
  /** Keeps what follows from changes that are about to be written; a change may come again. */
  readonly keep?: (changes: readonly Change<PhoneProgress>[]) => Promise<void>;
  readonly waiting: WaitingPhones;
  readonly publisher: Publisher;
  readonly offer: () => Offer;
  readonly report: (report: SliceReport) => void;
  /** Called with how many commands were produced. */
  readonly onCommands?: (count: number) => void;
  readonly now: () => number;
};

const publishCommands = async (publisher: Publisher, commands: readonly DialogCommand[]): Promise<void> => {
  if (commands.length === 0) return;
  await publisher.publish(
    topics.dialogCommands,
    commands.map((command) => commandRecord(command)),
  );
};

/** Notes what must be on record before any of it can be read in the projections. Twice does no harm. */
const noteIn =
  (parts: BatchParts) =>
  async (batches: readonly EventBatch[]): Promise<void> => {
    await noteAll(parts.kept, batches);
    for (const erasure of erasuresIn(batches)) {
      await parts.messages?.forget(erasure.phone, erasure.at);
      for (const each of parts.forgetters ?? []) await each.forget(erasure);
    }
    await parts.commands?.settle(batches.filter(({ commandId }) => isAsked(commandId)).map(decidedBy));
  };

/** At once, so that both can be in one request. */
const publish = async (
  publisher: Publisher,
  commands: readonly DialogCommand[],
  included: readonly EventBatch[],
): Promise<void> => {
  const published = [publishCommands(publisher, commands), attributeTexts(publisher, included)];
  await Promise.allSettled(published);
  await Promise.all(published);
};

/**
 * Keeps the projections. Commands go out before they are written: a crash between the two produces them again under
 * the same ids. The other way round they would be lost. Slices that come at once share what they ask the database; what
 * they produce they do not, since a partition without a leader is nobody else's affair.
 */
export const handleBatches = (parts: BatchParts): HandleBatches => {
  const keepers = keepersOf(parts.kept);
  const note = shareLists(noteIn(parts));
  const tell = parts.tell && shareLists(parts.tell);
  const reader = new VersionedReader<PhoneProgress>({
    fold: progressFold(keepers),
    documents: sharedDocuments(progressDocuments(parts.store, keepers), isMongoOutage),
    waiting: parts.waiting,
    unknownEvents: 'leaveOut',
    beforeSave: async (batches, changes) => {
      await note(batches.map(({ batch }) => batch));
      const commands = changes.flatMap((change) => commandsIn(change, parts.offer()));
      const included = changes.flatMap((change) => change.included.map(({ arrival }) => arrival.batch));
      await publish(parts.publisher, commands, included);
      await parts.keep?.(changes);
      await tell?.(included);
      parts.onCommands?.(commands.length);
    },
    isOutage: (error) => error instanceof PublishFailed || isMongoOutage(error),
    report: parts.report,
    now: parts.now,
  });
  return Object.assign(
    (records: readonly LogRecord[], context: ReaderContext) => reader.handle(records, context),
    { rereadFrom: (place: ReadPlace) => reader.rereadFrom(place) },
  );
};
