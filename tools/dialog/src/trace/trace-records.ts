import {
  decodeBatch,
  decodeCommand,
  decodeLogRecord,
  topics,
  type DialogCommand,
  type EventBatch,
  type Phone,
  type SmsLogRecord,
} from '@stopcovid/contracts';
import {
  partitionOf,
  readTopic,
  topicOffsets,
  topicOffsetsSince,
  type KafkaConnection,
  type LogRecord,
} from '@stopcovid/kafka';

/** A record and what it says. */
export type Placed<T> = { readonly record: LogRecord; readonly content: T };

/** All records of one phone since a time, in the order of their topics. */
export type PhoneRecords = {
  readonly commands: readonly Placed<DialogCommand>[];
  readonly batches: readonly Placed<EventBatch>[];
  readonly log: readonly Placed<SmsLogRecord>[];
};

type Since = { readonly sinceMs: number };

const read = async (
  kafka: KafkaConnection,
  request: Since & { readonly topic: string; readonly partitions?: readonly number[] },
  isWanted: (record: LogRecord) => boolean,
): Promise<readonly LogRecord[]> => {
  const { topic, sinceMs, partitions } = request;
  const from = await topicOffsetsSince(kafka, topic, sinceMs);
  const found: LogRecord[] = [];
  const wanted = {
    topic,
    ...(partitions && { partitions }),
    from: (partition: number) => from.get(partition),
  };
  await readTopic(kafka, wanted, (records) => void found.push(...records.filter(isWanted)));
  return found;
};

/** The key of the first record of any topic that names this id: the phone that it is about. */
export const phoneNaming = async (
  kafka: KafkaConnection,
  { id, sinceMs }: Since & { readonly id: string },
): Promise<string | undefined> => {
  const quoted = JSON.stringify(id);
  const names = ({ value }: LogRecord): boolean => value?.includes(quoted) ?? false;
  for (const topic of [topics.dialogCommands, topics.smsLog, topics.dialogEvents]) {
    const [first] = await read(kafka, { topic, sinceMs }, names);
    if (first) return first.key ?? undefined;
  }
  return undefined;
};

/** What the three topics hold of a phone; what this release cannot read is left out. */
export const recordsOfPhone = async (
  kafka: KafkaConnection,
  { phone, sinceMs }: Since & { readonly phone: Phone },
): Promise<PhoneRecords> => {
  const own = async (topic: string): Promise<readonly LogRecord[]> => {
    const { length } = await topicOffsets(kafka, topic);
    const partitions = [partitionOf(phone, length)];
    return read(kafka, { topic, sinceMs, partitions }, ({ key }) => key === phone);
  };
  return {
    commands: readable(await own(topics.dialogCommands), decodeCommand),
    batches: readable(await own(topics.dialogEvents), decodeBatch),
    log: readable(await own(topics.smsLog), decodeLogRecord),
  };
};

type Decode<T> = (wire: Uint8Array) => { readonly ok: true; readonly value: T } | { readonly ok: false };

const readable = <T>(records: readonly LogRecord[], decode: Decode<T>): readonly Placed<T>[] =>
  records.flatMap((record) => {
    const decoded = record.value ? decode(record.value) : undefined;
    return decoded?.ok ? [{ record, content: decoded.value }] : [];
  });
