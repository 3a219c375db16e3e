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
  error instanceof TopicUnknown ||
  (error instanceof TopicRefused && !error.forWantOfBrokers) ||
  error instanceof PartitionUnknown;

/** Does a server not answer, or one that is needed beside it? */
export const isServerAway = (error: unknown): boolean =>
  (error instanceof TopicRefused && error.forWantOfBrokers) ||
  error instanceof KafkaUnavailable ||
  error instanceof PublishFailed ||
  error instanceof ReadingStalled ||
  isMongoOutage(error);
