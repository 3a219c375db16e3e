/** The topics, by what they carry. Each is keyed by phone; dead letters are in `<topic>.dead`. */
export const topics = {
  dialogCommands: 'dialog.commands.v1',
  dialogEvents: 'dialog.events.v1',
  smsLog: 'sms.log.v1',
} as const;
export type Topic = (typeof topics)[keyof typeof topics];

/** Where records go that cannot be decoded or decided. */
export const deadLetterTopic = (topic: string): string => `${topic}.dead`;

/**
 * How a topic is made. `retentionMs` -1 keeps for ever: the events are the record of what happened. `maxMessageBytes`
 * grows along the way: what a topic took must fit, with what is said of it, into the next.
 */
export type TopicSettings = {
  readonly topic: string;
  readonly partitions: number;
  readonly retentionMs: number;
  readonly maxMessageBytes: number;
};

const mebibytes = (n: number): number => n * 1_024 * 1_024;
const days = (n: number): number => n * 24 * 60 * 60 * 1_000;

/** Every topic of the system with its settings, dead letters included. */
export const topicSettings = (partitions = 12): readonly TopicSettings[] => {
  const kept = [
    { topic: topics.dialogCommands, retentionMs: days(14), maxMessageBytes: mebibytes(1) },
    { topic: topics.dialogEvents, retentionMs: -1, maxMessageBytes: mebibytes(2) },
    { topic: topics.smsLog, retentionMs: days(400), maxMessageBytes: mebibytes(1) },
  ];
  return kept.flatMap(({ topic, retentionMs, maxMessageBytes }) => [
    { topic, partitions, retentionMs, maxMessageBytes },
    {
      topic: deadLetterTopic(topic),
      partitions,
      retentionMs: days(90),
      maxMessageBytes: maxMessageBytes + mebibytes(1),
    },
  ]);
};
