import { decodeCommand, topics } from '@stopcovid/contracts';
import { readTopic, topicOffsetsSince, type KafkaConnection } from '@stopcovid/kafka';

/**
 * The ids of all texts that became commands at this time (milliseconds since 1970) or later, as the topic has them.
 * Rejects with KafkaUnavailable, TopicUnknown and ReadingStalled.
 */
export const knownCommands =
  (connection: KafkaConnection) =>
  async (sinceMs: number): Promise<ReadonlySet<string>> => {
    const offsets = await topicOffsetsSince(connection, topics.dialogCommands, sinceMs);
    const known = new Set<string>();
    const request = { topic: topics.dialogCommands, from: (partition: number) => offsets.get(partition) };
    await readTopic(connection, request, (records) => {
      for (const { value } of records) {
        const read = value === null ? undefined : decodeCommand(value);
        if (read?.ok === true && read.value.type === 'ReceiveSms') known.add(read.value.commandId);
      }
    });
    return known;
  };
