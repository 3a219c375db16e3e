import { decodeKeyed, decodeLogRecord, type SmsLogRecord } from '@stopcovid/contracts';
import {
  deadLetter,
  done,
  retry,
  type AskReread,
  type BatchContext,
  type LogRecord,
  type Outcome,
  type ReadPlace,
} from '@stopcovid/kafka';
import { isMongoOutage } from '@stopcovid/mongo';
import { foldRecords, idsIn } from './fold-records';
import type { Erasures } from '../erasure/erasure';
import { forgetErased } from './forget-erased';
import type { MessageStore, UnreadableMessage } from './message-store';
import { RetriedPartitions } from './retried-partitions';
import type { SpoiltRecord, WaitingRecord, WaitingRecords } from './waiting-records';

type Context = Pick<BatchContext, 'isCurrent' | 'partition' | 'signal'>;

/** Takes a slice of one partition of the message log; answers one outcome per record, in their order. */
export type HandleLogRecords = {
  (records: readonly LogRecord[], context: Context): Promise<readonly Outcome[]>;
  /**
   * Tries again what waits on a partition on which nothing is at work, so that nothing has to wait for a next record.
   * Nothing is ever to be read again for it: the records that wait are kept.
   */
  readonly tryWaiting: AskReread;
};

/** What one slice came to. */
export type LogReport = {
  readonly records: number;
  /** How many are no records of the log, and never will be. */
  readonly unreadable: number;
  /** The records that wait from now on. */
  readonly began: readonly WaitingRecord[];
  /** How many records that waited were taken in. */
  readonly wentOn: number;
  /** The records that wait and cannot be read themselves, where any were looked at: they alone are passed over. */
  readonly spoilt: readonly SpoiltRecord[];
  /** How many wait, on all partitions, where that is known. */
  readonly waitingRecords?: number;
  readonly ms: number;
  /** Why nothing was written, when nothing was. */
  readonly waiting?: unknown;
};

/** What the message log is kept with. */
export type LogParts = {
  readonly store: MessageStore;
  readonly waiting: WaitingRecords;
  /** Whose words are not kept. */
  readonly erasures: Pick<Erasures, 'of'>;
  readonly now: () => number;
  readonly report: (report: LogReport) => void;
};

/** A record that can be read, and where it stands. */
type Arrived = Pick<WaitingRecord, 'phone' | 'partition' | 'offset' | 'value'> & {
  readonly record: SmsLogRecord;
};
type Stuck = { readonly arrived: Arrived; readonly reason: string };
type Taken = {
  readonly began: readonly WaitingRecord[];
  readonly wentOn: number;
  readonly spoilt: readonly SpoiltRecord[];
  readonly waitingRecords?: number;
};

const attempts = 5;
const pageSize = 200;
const taken = 'another consumer writes the same messages';

/** Somebody else writes the same messages each time: nothing is lost, and the slice comes again. */
class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

const stuckAmong = (
  arrived: readonly Arrived[],
  unreadable: readonly UnreadableMessage[],
): readonly Stuck[] => {
  if (unreadable.length === 0) return [];
  const reasons = new Map(unreadable.flatMap(({ ids, reason }) => ids.map((id) => [id, reason] as const)));
  return arrived.flatMap((each) => {
    const { messageIds, sids } = idsIn([each.record]);
    const id = [...messageIds, ...sids].find((one) => reasons.has(one));
    return id === undefined ? [] : [{ arrived: each, reason: reasons.get(id) ?? '' }];
  });
};

/** Takes records into their messages. Answers those whose message cannot be read: they alone wait. */
const takeIn = async (
  { store, erasures }: LogParts,
  arrived: readonly Arrived[],
  context: Pick<Context, 'isCurrent'>,
): Promise<readonly Stuck[]> => {
  if (arrived.length === 0) return [];
  const { messageIds, sids } = idsIn(arrived.map(({ record }) => record));
  for (let attempt = 1; attempt <= attempts && context.isCurrent(); attempt += 1) {
    const { messages, unreadable } = await store.load(messageIds, sids);
    const stuck = stuckAmong(arrived, unreadable);
    const left = new Set(stuck.map((each) => each.arrived));
    const others = arrived.filter((each) => !left.has(each)).map(({ record }) => record);
    if (!(await store.save(foldRecords(messages, others)))) continue;
    await forgetErased(store, erasures, others);
    return stuck;
  }
  throw new Overtaken(taken);
};

const read = (at: Pick<WaitingRecord, 'partition' | 'offset'>, key: string | null, value: Buffer | null) => {
  const decoded = decodeKeyed({ key, value }, decodeLogRecord);
  const text = value?.toString() ?? '';
  return { ...at, value: text, decoded };
};
type ReadRecord = ReturnType<typeof read>;

const arrivedIn = (reads: readonly ReadRecord[]): readonly Arrived[] =>
  reads.flatMap(({ partition, offset, value, decoded }) =>
    decoded.ok ? [{ partition, offset, value, record: decoded.value, phone: decoded.value.phone }] : [],
  );

const futuresIn = (reads: readonly ReadRecord[], since: Date): readonly WaitingRecord[] =>
  reads.flatMap(({ partition, offset, value, decoded }): readonly WaitingRecord[] => {
    if (decoded.ok || decoded.error.kind !== 'future') return [];
    const { phone, reason } = decoded.error;
    return [{ partition, offset, value, phone, because: 'future', reason, since }];
  });

const unreadableOf = ({ arrived, reason }: Stuck, since: Date): WaitingRecord => {
  const { partition, offset, value, phone } = arrived;
  return { partition, offset, value, phone, because: 'unreadable', reason, since };
};

type Tried = Pick<Taken, 'wentOn' | 'spoilt'>;

/** Tries again what waits on a partition, page by page. */
const tryAgain = async (
  parts: LogParts,
  context: Context,
  asks: (waits: WaitingRecord) => boolean,
): Promise<Tried> => {
  let wentOn = 0;
  let after: string | undefined;
  const spoilt: SpoiltRecord[] = [];
  do {
    const page = await parts.waiting.of(context.partition, {
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
    });
    spoilt.push(...page.spoilt);
    const reads = page.records.filter(asks).map((each) => read(each, each.phone, Buffer.from(each.value)));
    const arrived = arrivedIn(reads);
    const left = new Set((await takeIn(parts, arrived, context)).map((stuck) => stuck.arrived));
    const gone = arrived.filter((each) => !left.has(each));
    await parts.waiting.forget(gone);
    wentOn += gone.length;
    after = page.next;
  } while (after !== undefined);
  return { wentOn, spoilt };
};

const nothingTried: Tried = { wentOn: 0, spoilt: [] };

const reasonOf = (waiting: unknown): string =>
  waiting instanceof Error ? `${waiting.name}: ${waiting.message}` : String(waiting);

const isWaitedFor = (error: unknown): boolean => error instanceof Overtaken || isMongoOutage(error);

/** What can be waited for holds the slice; the rest is a mistake of ours. */
const takeOrHold = async (work: () => Promise<Taken>): Promise<Taken | { readonly waiting: unknown }> => {
  try {
    return await work();
  } catch (error) {
    if (isWaitedFor(error)) return { waiting: error };
    throw error;
  }
};

/**
 * Keeps one document per message, whatever the order of its records and however often they come. A record of a later
 * release, and one whose message cannot be read, is set aside before anything behind it is committed, and taken in
 * when that is possible: the others go on.
 */
export const handleLogRecords = (parts: LogParts): HandleLogRecords => {
  const retried = new RetriedPartitions(parts.now);
  const take = async (reads: readonly ReadRecord[], context: Context): Promise<Taken> => {
    const asks = retried.due(context);
    const tried = asks === undefined ? nothingTried : await tryAgain(parts, context, asks);
    const since = new Date(parts.now());
    const stuck = await takeIn(parts, arrivedIn(reads), context);
    const began = [...futuresIn(reads, since), ...stuck.map((each) => unreadableOf(each, since))];
    await parts.waiting.keep(began);
    retried.done(context);
    /* Nothing is counted while nothing has changed and nothing was looked at. */
    if (asks === undefined && began.length === 0) return { began, ...tried };
    return { began, ...tried, waitingRecords: await parts.waiting.count() };
  };
  const tryWaiting = async ({ partition, signal }: ReadPlace): Promise<undefined> => {
    if (retried.due({ partition }) === undefined) return undefined;
    const startedAt = performance.now();
    const isCurrent = (): boolean => !signal.aborted;
    const came = await take([], { partition, signal, isCurrent });
    parts.report({ records: 0, unreadable: 0, ...came, ms: performance.now() - startedAt });
    return undefined;
  };
  const handle = async (records: readonly LogRecord[], context: Context): Promise<readonly Outcome[]> => {
    const startedAt = performance.now();
    const reads = records.map((record) => read(record, record.key, record.value));
    const came = await takeOrHold(() => take(reads, context));
    const waiting = 'waiting' in came ? came.waiting : undefined;
    parts.report({
      records: records.length,
      unreadable: reads.filter(({ decoded }) => !decoded.ok && decoded.error.kind === 'poison').length,
      ...('waiting' in came ? { began: [], ...nothingTried, waiting } : came),
      ms: performance.now() - startedAt,
    });
    const outcome = waiting === undefined ? done : retry(reasonOf(waiting));
    return reads.map(({ decoded }) => {
      const isPoison = !decoded.ok && decoded.error.kind === 'poison';
      return isPoison ? deadLetter(decoded.error.code, decoded.error.reason) : outcome;
    });
  };
  return Object.assign(handle, { tryWaiting });
};
