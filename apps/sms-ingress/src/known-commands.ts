import { decodeCommand, topics } from '@stopcovid/contracts';
import { readTopic, topicOffsetsSince, type KafkaConnection, type LogRecord } from '@stopcovid/kafka';
import type { KnownCommands } from './inbound-sweep';

const textIn = ({ value }: LogRecord): readonly string[] => {
  const read = value === null ? undefined : decodeCommand(value);
  return read?.ok === true && read.value.type === 'ReceiveSms' ? [read.value.commandId] : [];
};

/** Ends a reading. */
class TurnLost extends Error {}

/** The ids of texts as the topic of commands has them. Rejects with KafkaUnavailable, TopicUnknown and ReadingStalled. */
export const knownCommands =
  (connection: KafkaConnection): KnownCommands =>
  async (sinceMs, keep, signal) => {
    const topic = topics.dialogCommands;
    const offsets = await topicOffsetsSince(connection, topic, sinceMs);
    const known = new Set<string>();
    const from = (partition: number): string | undefined => offsets.get(partition);
    try {
      await readTopic(connection, { topic, from, signal }, async (records) => {
        for (const id of records.flatMap(textIn)) known.add(id);
        if (!(await keep())) throw new TurnLost();
      });
      return known;
    } catch (error) {
      if (error instanceof TurnLost) return 'lost';
      throw error;
    }
  };
