import { topics } from '@stopcovid/contracts';
import { mongoCheckpointStore, mongoDialogStore } from '@stopcovid/dialog-engine';
import { readTopic, topicOffsets } from '@stopcovid/kafka';
import type { Servers } from '../servers';
import type { CheckOptions } from './check-versions';
import { DialogFold, type FoldTotals } from './fold-dialogs';

export type FoldOptions = CheckOptions & { readonly commands?: string };

/* What the engine has decided of commands is in the dialogs now: it may go on with the database as it is. */
const accept = async ({ kafka, mongo }: Servers, commands: string): Promise<void> => {
  const checkpoints = mongoCheckpointStore(mongo);
  for (const { partition } of await topicOffsets(kafka, commands))
    await checkpoints.accept(commands, partition);
};

/** Folds all batches of the topic into the dialogs, one partition after the other. What it wrote stays when it breaks off. */
export const foldAll = async (
  { kafka, mongo }: Servers,
  { topic = topics.dialogEvents, commands = topics.dialogCommands, onProgress, signal }: FoldOptions,
): Promise<FoldTotals> => {
  const fold = new DialogFold(mongoDialogStore(mongo));
  const ends = await topicOffsets(kafka, topic);
  const total = ends.reduce((all, { first, end }) => all + Number(BigInt(end) - BigInt(first)), 0);
  let before = 0;
  for (const { partition, first, end } of ends) {
    const own = {
      topic,
      partitions: [partition],
      onProgress: (read: number) => onProgress(before + read, total),
    };
    await readTopic(kafka, { ...own, ...(signal && { signal }) }, (records) => fold.take(records));
    await fold.flush();
    before += Number(BigInt(end) - BigInt(first));
  }
  /* Whoever wrote meanwhile is a service that goes on without the rest. */
  const overtaken = [...fold.totals.stuck.values()].includes('overtaken');
  if (!overtaken) await accept({ kafka, mongo }, commands);
  return fold.totals;
};
