import type { BatchContext } from './batch-context';
import { type DeadLetter, handlerBug, toDeadLetter } from './dead-letter';
import type { LogRecord } from './log-record';
import type { Outcome } from './outcome';

/** How a slice of records ended. Whatever was settled before the end is committed. */
export type SliceEnd =
  | { readonly kind: 'finished' }
  | { readonly kind: 'waiting'; readonly at: LogRecord; readonly reason: string }
  | { readonly kind: 'stopped' };

/** What a transport provides for a slice at work. */
export type SliceTools = {
  readonly context: BatchContext;
  readonly handle: (records: readonly LogRecord[]) => Promise<readonly Outcome[]>;
  readonly writeDeadLetters: (letters: readonly DeadLetter[]) => Promise<void>;
  /** Commits behind this record. Commits nothing where the partition is lost before that. */
  readonly commit: (last: LogRecord) => Promise<void>;
  /** True once the handler asked to read again from elsewhere. */
  readonly hasSeeked: () => boolean;
  readonly pauseBeforeTry: (attempt: number) => Promise<void>;
  /** How often a slice whose handler throws is tried before it is narrowed down. */
  readonly tries: number;
  readonly observe: (record: LogRecord, outcome: Outcome) => void;
  readonly alarm: (record: LogRecord, error: unknown) => void;
};

type Segment = { readonly records: readonly LogRecord[]; readonly tries: number };
type Answer =
  | { readonly ok: true; readonly outcomes: readonly Outcome[] }
  | { readonly ok: false; readonly error: unknown };

const finished: SliceEnd = { kind: 'finished' };
const stopped: SliceEnd = { kind: 'stopped' };

const tryOnce = async (segment: Segment, tools: SliceTools): Promise<Answer> => {
  try {
    return { ok: true, outcomes: await tools.handle(segment.records) };
  } catch (error) {
    return { ok: false, error };
  }
};

const tryHandler = async (segment: Segment, tools: SliceTools): Promise<Answer> => {
  let answer = await tryOnce(segment, tools);
  for (let attempt = 1; !answer.ok && attempt < segment.tries && tools.context.isCurrent(); attempt += 1) {
    await tools.pauseBeforeTry(attempt);
    answer = await tryOnce(segment, tools);
  }
  return answer;
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Writes the dead letters among the settled outcomes, then commits behind the last of them. */
const settle = async (
  records: readonly LogRecord[],
  outcomes: readonly Outcome[],
  tools: SliceTools,
): Promise<SliceEnd> => {
  const firstRetry = outcomes.findIndex(({ kind }) => kind === 'retry');
  const settled = firstRetry === -1 ? records : records.slice(0, firstRetry);
  const letters = settled.flatMap((record, index) => {
    const outcome = outcomes[index];
    return outcome?.kind === 'deadLetter' ? [toDeadLetter(record, tools.context.group, outcome)] : [];
  });
  const unwritten = await write(letters, records, tools);
  if (unwritten) return unwritten;
  settled.forEach((record, index) => tools.observe(record, outcomes[index] ?? { kind: 'done' }));
  const end = await commitBehind(settled.at(-1), tools);
  if (end.kind !== 'finished') return end;
  return waitingAt(records[firstRetry], outcomes[firstRetry], tools) ?? finished;
};

/** A partition may be lost while its commit waits for its turn: what was not committed is not gone on from. */
const commitBehind = async (last: LogRecord | undefined, tools: SliceTools): Promise<SliceEnd> => {
  if (tools.hasSeeked() || !tools.context.isCurrent()) return stopped;
  if (last) await tools.commit(last);
  return tools.context.isCurrent() ? finished : stopped;
};

const waitingAt = (
  at: LogRecord | undefined,
  outcome: Outcome | undefined,
  tools: SliceTools,
): SliceEnd | undefined => {
  if (!at || outcome?.kind !== 'retry') return undefined;
  tools.observe(at, outcome);
  return { kind: 'waiting', at, reason: outcome.reason };
};

/** Dead letters that cannot be written are a dependency that is down: the partition waits, nothing is lost. */
const write = async (
  letters: readonly DeadLetter[],
  records: readonly LogRecord[],
  tools: SliceTools,
): Promise<SliceEnd | undefined> => {
  const [first] = records;
  if (letters.length === 0 || !first) return undefined;
  try {
    await tools.writeDeadLetters(letters);
    return undefined;
  } catch (error) {
    return { kind: 'waiting', at: first, reason: `dead letters cannot be written: ${messageOf(error)}` };
  }
};

/** Puts the one record aside that no try could handle, and raises the alarm. */
const putAside = async (record: LogRecord, error: unknown, tools: SliceTools): Promise<SliceEnd> => {
  const stack = error instanceof Error ? error.stack : undefined;
  const verdict = { code: handlerBug, reason: messageOf(error), ...(stack === undefined ? {} : { stack }) };
  const unwritten = await write([toDeadLetter(record, tools.context.group, verdict)], [record], tools);
  if (unwritten) return unwritten;
  tools.alarm(record, error);
  return commitBehind(record, tools);
};

/** Two halves, to find the record that cannot be handled; a single record gets the full number of tries. */
const halves = (records: readonly LogRecord[], tries: number): readonly Segment[] => {
  const middle = Math.ceil(records.length / 2);
  return [records.slice(0, middle), records.slice(middle)]
    .filter((half) => half.length > 0)
    .map((half) => ({ records: half, tries: half.length === 1 ? tries : 1 }));
};

/**
 * Takes a slice of one partition through its handler, in order. Exceptions of the handler end here; an error of
 * `commit` passes through.
 */
export const workSlice = async (records: readonly LogRecord[], tools: SliceTools): Promise<SliceEnd> => {
  const segments: Segment[] = [{ records, tries: tools.tries }];
  for (let segment = segments.shift(); segment; segment = segments.shift()) {
    const answer = await tryHandler(segment, tools);
    if (!tools.context.isCurrent()) return stopped;
    const [only, ...others] = segment.records;
    if (!answer.ok && others.length > 0) {
      segments.unshift(...halves(segment.records, tools.tries));
      continue;
    }
    if (!only) continue;
    const end = answer.ok
      ? await settle(segment.records, answer.outcomes, tools)
      : await putAside(only, answer.error, tools);
    if (end.kind !== 'finished') return end;
  }
  return finished;
};
