import type { LogRecord } from './log-record';
import type { Outcome } from './outcome';

/** What a transport does for a batch at work. */
export type BatchControl = {
  readonly topic: string;
  readonly partition: number;
  readonly group: string;
  readonly signal: AbortSignal;
  readonly committedOffset: () => string | undefined;
  readonly isCurrent: () => boolean;
  readonly heartbeat: () => Promise<void>;
  readonly seek: (offset: string) => void;
};

/** Where a batch comes from, and what its handler may ask of the transport. */
export class BatchContext {
  constructor(private readonly control: BatchControl) {}

  get topic(): string {
    return this.control.topic;
  }

  get partition(): number {
    return this.control.partition;
  }

  get group(): string {
    return this.control.group;
  }

  /** Aborts when the partition is lost or the app stops: waits should end then, work at hand should finish. */
  get signal(): AbortSignal {
    return this.control.signal;
  }

  /** The next offset to read as far as this consumer has committed it; undefined when it has committed none yet. */
  committedOffset(): string | undefined {
    return this.control.committedOffset();
  }

  /** False once the partition may belong to another consumer: whoever sees that should write nothing more. */
  isCurrent(): boolean {
    return this.control.isCurrent();
  }

  /** Keeps the place in the group during long work. The transport also does this by itself while a handler works. */
  heartbeat(): Promise<void> {
    return this.control.heartbeat();
  }

  /**
   * Asks to read again from this offset. Nothing of the present batch is committed: return any outcomes; dead letters
   * before the first `retry` among them are still written.
   */
  seek(offset: string): void {
    this.control.seek(offset);
  }
}

/** Takes records of one partition in their order and says of each, in the same order, what became of it. */
export type RecordsHandler = (
  records: readonly LogRecord[],
  context: BatchContext,
) => Promise<readonly Outcome[]>;
