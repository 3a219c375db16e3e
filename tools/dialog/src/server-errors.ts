import {
  KafkaUnavailable,
  PartitionUnknown,
  PublishFailed,
  ReadingStalled,
  TopicRefused,
  TopicUnknown,
} from '@stopcovid/kafka';
import { isMongoOutage } from '@stopcovid/mongo';

/** Does a server answer that what was asked for is not there? */
export const isRefusedByServer = (error: unknown): boolean =>
  error instanceof TopicUnknown || error instanceof TopicRefused || error instanceof PartitionUnknown;

/** Does a server not answer? */
export const isServerAway = (error: unknown): boolean =>
  error instanceof KafkaUnavailable ||
  error instanceof PublishFailed ||
  error instanceof ReadingStalled ||
  isMongoOutage(error);
