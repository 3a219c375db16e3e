import type { kafkaFailures } from './failure-codes';
import type { LogRecord } from './log-record';

/** Why a record is put aside. */
export type Verdict = { readonly code: string; readonly reason: string; readonly stack?: string };

/** A record on its way to the dead letters of its topic: its own bytes, with its story in the headers. */
export type DeadLetter = {
  readonly topic: string;
  readonly key: string | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
  /** Where it goes when it has no key; 0 when left out. */
  readonly partition?: number;
};

/** The headers of a dead letter. A redrive keeps them, so that `attempts` goes on counting. */
export const deadLetterHeaders = {
  topic: 'dead-letter-topic',
  partition: 'dead-letter-partition',
  offset: 'dead-letter-offset',
  timestamp: 'dead-letter-timestamp',
  group: 'dead-letter-group',
  code: 'dead-letter-code',
  reason: 'dead-letter-reason',
  attempts: 'dead-letter-attempts',
  stack: 'dead-letter-stack',
} as const;

/** The code of a record whose handler threw each time: our own mistake. */
export const handlerBug = 'HANDLER_BUG' satisfies keyof typeof kafkaFailures;

const longest = { reason: 1_000, stack: 8_000 };

const attemptsOf = (record: LogRecord): number => {
  const before = Number(record.headers[deadLetterHeaders.attempts] ?? 0);
  return Number.isSafeInteger(before) && before > 0 ? before : 0;
};

const otherHeaders = (headers: LogRecord['headers']): Record<string, string> => {
  const ours: ReadonlySet<string> = new Set(Object.values(deadLetterHeaders));
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ours.has(name)));
};

/** The dead letter of a record: same key, same bytes, its own headers and the story of its failure. */
export const toDeadLetter = (record: LogRecord, group: string, verdict: Verdict): DeadLetter => ({
  topic: `${record.topic}.dead`,
  key: record.key,
  value: record.value,
  headers: {
    ...otherHeaders(record.headers),
    [deadLetterHeaders.topic]: record.topic,
    [deadLetterHeaders.partition]: String(record.partition),
    [deadLetterHeaders.offset]: record.offset,
    [deadLetterHeaders.timestamp]: String(record.timestamp),
    [deadLetterHeaders.group]: group,
    [deadLetterHeaders.code]: verdict.code,
    [deadLetterHeaders.reason]: verdict.reason.slice(0, longest.reason),
    [deadLetterHeaders.attempts]: String(attemptsOf(record) + 1),
    ...(verdict.stack === undefined
      ? {}
      : { [deadLetterHeaders.stack]: verdict.stack.slice(0, longest.stack) }),
  },
});
