/** What the transport itself says of a failure, each once, and what is done then. `docs/errors.md` has the same ones. */
export const kafkaFailures = {
  HANDLER_BUG: 'dead-letter',
  KAFKA_PUBLISH_FAILED: 'retry',
  KAFKA_UNAVAILABLE: 'retry',
} as const;
