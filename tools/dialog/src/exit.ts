import {
  KafkaUnavailable,
  PartitionUnknown,
  PublishFailed,
  ReadingStalled,
  TopicRefused,
  TopicUnknown,
} from '@stopcovid/kafka';
import { isMongoOutage } from '@stopcovid/mongo';

/** What the command line ends with: the same for every subcommand. */
export const exitCodes = { ok: 0, problems: 1, usage: 2, unavailable: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The person asked for something that cannot be done as written; the message says what would work. */
export class UsageError extends Error {}

/** A server that the subcommand needs does not answer. */
export class UnavailableError extends Error {}

const isUsage = (error: unknown): boolean =>
  error instanceof UsageError ||
  error instanceof TopicUnknown ||
  error instanceof TopicRefused ||
  error instanceof PartitionUnknown;

const isAway = (error: unknown): boolean =>
  error instanceof UnavailableError ||
  error instanceof KafkaUnavailable ||
  error instanceof PublishFailed ||
  error instanceof ReadingStalled ||
  isMongoOutage(error);

/** The exit code that an error calls for. */
export const exitCodeOf = (error: unknown): ExitCode => {
  if (isUsage(error)) return exitCodes.usage;
  return isAway(error) ? exitCodes.unavailable : exitCodes.problems;
};
