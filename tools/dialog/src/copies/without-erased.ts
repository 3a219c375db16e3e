import {
  decodeBatch,
  decodeCommand,
  decodeKeyed,
  decodeLogRecord,
  encodeLogRecord,
  type Phone,
  type SmsLogRecord,
} from '@stopcovid/contracts';
import { readTopic, type KafkaConnection, type LogRecord } from '@stopcovid/kafka';

/** The last time that the person behind a phone was erased. */
type LastErasure = { readonly version: number; readonly at: string };
export type LastErasures = ReadonlyMap<Phone, LastErasure>;

/** What of a record is copied; undefined: nothing. */
export type Sieve = (record: LogRecord) => LogRecord | undefined;

const mark = Buffer.from('"TraineeErased"');

/** Adds the erasures that records of the topic of events tell of. */
const note = (found: Map<Phone, LastErasure>, records: readonly LogRecord[]): void => {
  for (const record of records) {
    /* Few records are decoded: somebody may have texted the mark, so it proves nothing. */
    if (record.value?.includes(mark) !== true) continue;
    const read = decodeKeyed(record, decodeBatch);
    if (!read.ok || !read.value.events.some(({ type }) => type === 'TraineeErased')) continue;
    const { phone, version, at } = read.value;
    if (version > (found.get(phone)?.version ?? 0)) found.set(phone, { version, at });
  }
};

/** Reads a topic of events for the last erasure of each phone. */
export const lastErasuresOn = async (
  kafka: KafkaConnection,
  request: Omit<Parameters<typeof readTopic>[1], 'from' | 'partitions'>,
): Promise<LastErasures> => {
  const found = new Map<Phone, LastErasure>();
  await readTopic(kafka, request, (records) => note(found, records));
  return found;
};

const isBefore = (at: number, erasure: LastErasure): boolean => at <= Date.parse(erasure.at);

const withoutWords = (record: LogRecord, logged: SmsLogRecord): LogRecord =>
  'body' in logged
    ? { ...record, value: Buffer.from(encodeLogRecord({ ...logged, body: '', mediaUrls: [] })) }
    : record;

/** What is left of a record of a phone that was erased. */
const leftOf = (record: LogRecord, erasure: LastErasure): LogRecord | undefined => {
  const batch = decodeKeyed(record, decodeBatch);
  if (batch.ok) return batch.value.version < erasure.version ? undefined : record;
  const logged = decodeKeyed(record, decodeLogRecord);
  if (logged.ok)
    return isBefore(Date.parse(logged.value.at), erasure) ? withoutWords(record, logged.value) : record;
  const command = decodeKeyed(record, decodeCommand);
  if (command.ok && command.value.type === 'EraseTrainee') return record;
  /* Of what nobody here can read, only its place in time is known. */
  const at = command.ok ? Date.parse(command.value.at) : record.timestamp;
  return isBefore(at, erasure) ? undefined : record;
};

/**
 * Leaves out what was said of people before they were erased: their batches and commands, and the words of their texts.
 * What texts cost stays.
 */
export const withoutErased =
  (erasures: LastErasures): Sieve =>
  (record) => {
    const erasure = record.key === null ? undefined : erasures.get(record.key as Phone);
    return erasure === undefined ? record : leftOf(record, erasure);
  };
