/** The one kind of error of ours that may leave a batch: kafkajs fetches again after it. It stops for good on a TypeError. */
export class BatchFailed extends Error {
  override readonly name = 'BatchFailed';
  readonly retriable = true;

  constructor(override readonly cause: unknown) {
    super(cause instanceof Error ? cause.message : 'a batch failed');
  }
}

/** Ends the process by an error that nobody catches. */
export const escape = (error: Error): void => {
  queueMicrotask(() => {
    throw error;
  });
};
