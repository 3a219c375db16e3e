/** One record as it stands in a topic. `value` is null for a tombstone; header values are read as UTF-8. */
export type LogRecord = {
  readonly topic: string;
  readonly partition: number;
  /** A whole number as text: it can be longer than a double holds. */
  readonly offset: string;
  readonly key: string | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
  /** When it was written, in milliseconds since 1970. */
  readonly timestamp: number;
};

/** Whether the one offset comes before the other. */
export const isBefore = (one: string, other: string): boolean => BigInt(one) < BigInt(other);

/** The offset after the one given. */
export const offsetAfter = (offset: string): string => String(BigInt(offset) + 1n);
