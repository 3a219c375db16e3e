import {
  decodeBatch,
  encodeCommand,
  runIdSchema,
  timestampSchema,
  topics,
  type DialogCommand,
  type EventBatch,
  type Timestamp,
} from '@stopcovid/contracts';
import {
  builtInRegistration,
  fixedCatalogue,
  handleCommands,
  inMemoryHeldCommands,
  inMemoryRegistrationCodes,
  inMemoryRevisionStore,
  type DialogStore,
} from '@stopcovid/dialog-engine';
import type { Catalogue } from '@stopcovid/drills';
import type { OutgoingRecord } from '@stopcovid/kafka';

/** What an engine of past days is made of: the dialogs are those of the engine of today. */
export type PastEngineParts = {
  readonly catalogue: Catalogue;
  readonly dialogs: DialogStore;
  /** Takes what is for the topic of events. */
  readonly tell: (records: readonly OutgoingRecord[]) => void;
};

/** The engine's own handling of commands, each decided at the time at which it was asked. */
export type PastEngine = {
  /** Decides a command, tells its batch and answers it. Throws where the engine does not decide it. */
  readonly decide: (command: DialogCommand) => Promise<EventBatch>;
};

const read = (records: readonly OutgoingRecord[]): EventBatch => {
  const [record] = records;
  const batch = decodeBatch(record?.value ?? '');
  if (!batch.ok) throw new Error(`a batch cannot be read: ${batch.error.reason}`);
  return batch.value;
};

/** One command after the other: their times are this engine's clock. */
export const pastEngine = ({ catalogue, dialogs, tell }: PastEngineParts): PastEngine => {
  let now: Timestamp = timestampSchema.parse('2000-01-01T00:00:00.000Z');
  let offset = 0;
  let runs = 0;
  let published: readonly OutgoingRecord[] = [];
  const handle = handleCommands({
    store: dialogs,
    held: inMemoryHeldCommands(),
    publisher: {
      publish: async (_topic, records) => {
        published = records;
        tell(records);
      },
      close: () => Promise.resolve(),
    },
    catalogue: fixedCatalogue(catalogue),
    revisions: inMemoryRevisionStore(),
    registration: builtInRegistration(inMemoryRegistrationCodes()),
    clock: () => now,
    newRunId: () => runIdSchema.parse(`made-up-${(runs += 1)}`),
    report: () => undefined,
  });
  const decide = async (command: DialogCommand): Promise<EventBatch> => {
    now = command.at;
    const [topic, partition, committed] = [topics.dialogCommands, 0, String(offset)];
    const value = Buffer.from(encodeCommand(command));
    const record = {
      topic,
      partition,
      offset: committed,
      key: command.phone,
      value,
      headers: {},
      timestamp: 0,
    };
    offset += 1;
    const context = { topic, partition, committedOffset: () => committed, isCurrent: () => true };
    const [outcome] = await handle([record], context);
    if (outcome?.kind !== 'done') throw new Error(`the engine did not decide: ${JSON.stringify(outcome)}`);
    return read(published);
  };
  return { decide };
};
