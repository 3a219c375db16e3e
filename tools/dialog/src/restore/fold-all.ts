import { topics } from '@stopcovid/contracts';
import { mongoDialogStore } from '@stopcovid/dialog-engine';
import { readTopic, topicOffsets } from '@stopcovid/kafka';
import type { Servers } from '../servers';
import type { CheckOptions } from './check-versions';
import { DialogFold, type FoldTotals } from './fold-dialogs';

/** Folds all batches of the topic into the dialogs, one partition after the other. What it wrote stays when it breaks off. */
export const foldAll = async (
  { kafka, mongo }: Servers,
  { topic = topics.dialogEvents, onProgress, signal }: CheckOptions,
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
  return fold.totals;
};
