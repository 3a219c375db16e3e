import { topics } from '@stopcovid/contracts';
import { mongoCheckpointStore } from '@stopcovid/dialog-engine';
import { groupOffsets, topicOffsets } from '@stopcovid/kafka';
import type { Servers } from '../servers';

/** The groups of the services, and what each reads. */
const groups = [
  { group: 'dialog-engine', topic: topics.dialogCommands },
  { group: 'sms-sender', topic: topics.dialogEvents },
  { group: 'sms-sender-status', topic: topics.smsLog },
  { group: 'progress-tracker', topic: topics.dialogEvents },
  { group: 'progress-tracker-messages', topic: topics.smsLog },
] as const;

/** What is wrong with where readers stand, in partitions. */
export type OffsetFindings = {
  /** Groups that stand behind the end of a partition: their offsets are another topic's. */
  readonly beyond: readonly { readonly group: string; readonly partitions: number }[];
  /** Partitions of the commands' topic that end before what the engine has decided of them. */
  readonly madeAnew: number;
};

export const checkOffsets = async ({ kafka, mongo }: Servers): Promise<OffsetFindings> => {
  const ends = new Map<string, ReadonlyMap<number, bigint>>();
  for (const topic of Object.values(topics)) {
    const found = await topicOffsets(kafka, topic);
    ends.set(topic, new Map(found.map(({ partition, end }) => [partition, BigInt(end)])));
  }
  const beyond = [];
  for (const { group, topic } of groups) {
    const offsets = await groupOffsets(kafka, { group, topic });
    const over = [...offsets].filter(
      ([partition, offset]) => BigInt(offset) > (ends.get(topic)?.get(partition) ?? 0n),
    );
    if (over.length > 0) beyond.push({ group, partitions: over.length });
  }
  const checkpoints = mongoCheckpointStore(mongo);
  let madeAnew = 0;
  for (const [partition, end] of ends.get(topics.dialogCommands) ?? []) {
    const decided = await checkpoints.read(topics.dialogCommands, partition);
    if (decided !== undefined && BigInt(decided) > end) madeAnew += 1;
  }
  return { beyond, madeAnew };
};
