import type { TracePlace } from '@stopcovid/runtime';
import { kafkaFailures } from './failure-codes';

/** A record on its way to a topic. All records of one key land in one partition. */
export type OutgoingRecord = {
  readonly key: string;
  readonly value: string | Buffer | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** To what it belongs: written into its headers where traces are kept. */
  readonly trace?: RecordTrace;
};

/** Where a record is written, and by what it was led to if not by the step before. */
export type RecordTrace = TracePlace & { readonly ledBy?: TracePlace };

/** Writes to topics. */
export type Publisher = {
  /**
   * Resolves only when all records are durable; the order per key is kept. Rejects with PublishFailed. Records that may
   * wait so many milliseconds travel along with what may not, so that a request carries many.
   */
  publish(topic: string, records: readonly OutgoingRecord[], mayWaitMs?: number): Promise<void>;
  close(): Promise<void>;
};

/** Records may or may not have become durable; publishing them again is right. */
export class PublishFailed extends Error {
  override readonly name = 'PublishFailed';
  readonly code = 'KAFKA_PUBLISH_FAILED';
  readonly disposition = kafkaFailures.KAFKA_PUBLISH_FAILED;

  constructor(
    readonly topic: string,
    override readonly cause: unknown,
  ) {
    super(`publishing to ${topic} failed: ${cause instanceof Error ? cause.message : 'unknown cause'}`);
  }
}
