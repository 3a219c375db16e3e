import {
  encodeBatch,
  encodeLogRecord,
  topics,
  type DecodedBatch,
  type Phone,
  type SmsLogRecord,
} from '@stopcovid/contracts';
import { partitionOf, type InMemoryLog, type LogRecord } from '@stopcovid/kafka';
import { handleBatches } from '../batches/handle-batches';
import { inMemoryWaitingPhones } from '@stopcovid/projections';
import { inMemoryErasures, type Erasures } from '../erasure/erasure';
import { handleLogRecords } from '../messages/handle-log-records';
import type { MessageStore } from '../messages/message-store';
import { inMemoryWaitingRecords } from '../messages/waiting-records';
import type { ProgressStore } from '../progress/progress-store';
import { keptInMemory, type KeptStores } from '../projections/kept-stores';
import { offering } from '../tracker.testkit';
import type { EventSource, Offsets } from './event-source';

const group = 'progress-tracker';
const messagesGroup = 'progress-tracker-messages';

const partitionsOf = (log: InMemoryLog): readonly number[] =>
  Array.from({ length: log.partitions }, (_, partition) => partition);

const topicIn = (log: InMemoryLog, topic: string, group: string): EventSource => ({
  partitionOf: (phone) => partitionOf(phone, log.partitions),
  handled: () => {
    const committed = partitionsOf(log).flatMap((partition) => {
      const offset = log.committed(group, topic, partition);
      return offset === undefined ? [] : [[partition, offset] as const];
    });
    return Promise.resolve(committed.length === 0 ? undefined : new Map(committed));
  },
  ends: () =>
    Promise.resolve<Offsets>(
      new Map(partitionsOf(log).map((partition) => [partition, log.end(topic, partition)])),
    ),
  read: async ({ from, until, onProgress }, visit) => {
    for (const [partition, end] of until) {
      const offset = from.get(partition) ?? '0';
      const found = log.read({ topic, partition, offset }, Math.max(0, Number(end) - Number(offset)));
      await visit(found);
      onProgress?.(found.length, found.length);
    }
  },
});

/** The topic of events in memory, as a rebuild reads it. */
export const eventsIn = (log: InMemoryLog): EventSource => topicIn(log, topics.dialogEvents, group);

/** Writes batches to the topic. */
export const publishTo = (log: InMemoryLog, ...batches: readonly DecodedBatch[]): readonly LogRecord[] =>
  batches.map((batch) => log.append(topics.dialogEvents, { key: batch.phone, value: encodeBatch(batch) }));

/** What a service keeps beside the trainees' progress, and where it finds what texts said. */
export type Beside = { readonly kept: KeptStores; readonly messages: Pick<MessageStore, 'forget'> };

/** The service's own handler over a store; it takes all that it has not taken yet, and counts the commands it gives. */
export const serviceOver = (log: InMemoryLog, store: ProgressStore, beside: Partial<Beside> = {}) => {
  const commands: (string | null)[] = [];
  const handle = handleBatches({
    store,
    kept: keptInMemory(),
    ...beside,
    publisher: {
      publish: (topic, records) => {
        if (topic === topics.dialogCommands) commands.push(...records.map(({ key }) => key));
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    },
    offer: () => offering('one', 'two'),
    waiting: inMemoryWaitingPhones(),
    now: Date.now,
    report: () => undefined,
  });
  const takePartition = async (partition: number, again: number): Promise<void> => {
    const at = { topic: topics.dialogEvents, partition, signal: new AbortController().signal };
    const committed = Number(log.committed(group, topics.dialogEvents, partition) ?? '0');
    const offset = String(Math.max(0, committed - again));
    const records = log.read({ ...at, offset }, 1_000_000);
    const last = records.at(-1);
    if (last === undefined) return;
    await handle(records, { ...at, isCurrent: () => true, seek: () => undefined });
    log.commit(group, last);
  };
  return {
    commands,
    /** Reads, writes and commits all there is; of each partition so many records again that it has had. */
    take: async ({ again = 0 } = {}): Promise<void> => {
      for (const partition of partitionsOf(log)) await takePartition(partition, again);
    },
  };
};

/** The message log in memory, as a rebuild reads it. */
export const messagesIn = (log: InMemoryLog): EventSource => topicIn(log, topics.smsLog, messagesGroup);

/** Writes records to the message log. */
export const publishTexts = (log: InMemoryLog, ...records: readonly SmsLogRecord[]): readonly LogRecord[] =>
  records.map((record) => log.append(topics.smsLog, { key: record.phone, value: encodeLogRecord(record) }));

/** The service's own handler of the message log, which takes and commits all that it has not taken yet. */
export const messagesOver = (
  log: InMemoryLog,
  store: MessageStore,
  erasures: Pick<Erasures, 'of'> = inMemoryErasures(),
) => {
  const handle = handleLogRecords({
    erasures,
    store,
    waiting: inMemoryWaitingRecords(),
    now: Date.now,
    report: () => undefined,
  });
  return async (): Promise<void> => {
    for (const partition of partitionsOf(log)) {
      const offset = log.committed(messagesGroup, topics.smsLog, partition) ?? '0';
      const records = log.read({ topic: topics.smsLog, partition, offset }, 1_000_000);
      await handle(records, { partition, signal: new AbortController().signal, isCurrent: () => true });
      const end = records.at(-1);
      if (end !== undefined) log.commit(messagesGroup, end);
    }
  };
};

/** Phones with consecutive numbers. */
export const phonesFrom = (count: number): readonly Phone[] =>
  Array.from({ length: count }, (_, index) => `+1202555${String(index).padStart(4, '0')}` as Phone);
