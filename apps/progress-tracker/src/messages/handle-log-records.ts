import { decodeKeyed, decodeLogRecord, type SmsLogRecord } from '@stopcovid/contracts';
import { deadLetter, done, retry, type BatchContext, type LogRecord, type Outcome } from '@stopcovid/kafka';
import { isMongoOutage } from '@stopcovid/mongo';
import { foldRecords, idsIn } from './fold-records';
import type { MessageStore } from './message-store';

/** Takes a slice of one partition of the message log; answers one outcome per record, in their order. */
export type HandleLogRecords = (
  records: readonly LogRecord[],
  context: Pick<BatchContext, 'isCurrent'>,
) => Promise<readonly Outcome[]>;

/** What one slice came to. */
export type LogReport = {
  readonly records: number;
  readonly unreadable: number;
  readonly ms: number;
  /** Why nothing was written, when nothing was. */
  readonly waiting?: unknown;
};

/** What the message log is kept with. */
export type LogParts = { readonly store: MessageStore; readonly report: (report: LogReport) => void };

const attempts = 5;
const taken = 'another consumer writes the same messages';

/** Why the slice waits, or nothing. Only what waiting can heal is waited for; the rest is a mistake of ours. */
const write = async (
  { store }: LogParts,
  records: readonly SmsLogRecord[],
  { isCurrent }: Pick<BatchContext, 'isCurrent'>,
): Promise<unknown> => {
  const { messageIds, sids } = idsIn(records);
  try {
    for (let attempt = 1; attempt <= attempts && isCurrent(); attempt += 1) {
      const folded = foldRecords(await store.load(messageIds, sids), records);
      if (await store.save(folded)) return undefined;
    }
    return taken;
  } catch (error) {
    if (isMongoOutage(error)) return error;
    throw error;
  }
};

const reasonOf = (waiting: unknown): string =>
  waiting instanceof Error ? `${waiting.name}: ${waiting.message}` : String(waiting);

/** Keeps one document per message, whatever the order of its records and however often they come. */
export const handleLogRecords =
  (parts: LogParts): HandleLogRecords =>
  async (records, context) => {
    const startedAt = performance.now();
    const reads = records.map((record) => decodeKeyed(record, decodeLogRecord));
    const readable = reads.flatMap((read) => (read.ok ? [read.value] : []));
    const waiting =
      readable.length === 0
        ? undefined
        : await write(parts, readable, { isCurrent: () => context.isCurrent() });
    parts.report({
      records: records.length,
      unreadable: records.length - readable.length,
      ms: performance.now() - startedAt,
      ...(waiting === undefined ? {} : { waiting }),
    });
    const outcome = waiting === undefined ? done : retry(reasonOf(waiting));
    return reads.map((read) => (read.ok ? outcome : deadLetter(read.error.code, read.error.reason)));
  };
