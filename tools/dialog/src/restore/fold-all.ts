import { topics } from '@stopcovid/contracts';
import { mongoCheckpointStore, mongoDialogStore } from '@stopcovid/dialog-engine';
import { topicOffsets } from '@stopcovid/kafka';
import type { Servers } from '../servers';
import type { CheckOptions } from './check-versions';
import { DialogFold, type FoldTotals } from './fold-dialogs';
import { readPartitions } from './read-partitions';

export type FoldOptions = CheckOptions & { readonly commands?: string };

/* What the engine has decided of commands is in the dialogs now: it may go on with the database as it is. */
const accept = async ({ kafka, mongo }: Servers, commands: string): Promise<void> => {
  const checkpoints = mongoCheckpointStore(mongo);
  for (const { partition } of await topicOffsets(kafka, commands))
    await checkpoints.accept(commands, partition);
};

/* A phone's batches stand far apart, so all phones of the partitions that are read are kept, or written and read again. */
const atOnce = 3;
const mostHeld = 300_000;

const sumOf = (all: readonly FoldTotals[]): FoldTotals => ({
  written: all.reduce((sum, { written }) => sum + written, 0),
  poison: all.reduce((sum, { poison }) => sum + poison, 0),
  stuck: new Map(all.flatMap(({ stuck }) => [...stuck])),
});

/** Folds all batches of the topic into the dialogs, some partitions at a time. What it wrote stays when it breaks off. */
export const foldAll = async (
  { kafka, mongo }: Servers,
  { topic = topics.dialogEvents, commands = topics.dialogCommands, onProgress, signal }: FoldOptions,
): Promise<FoldTotals> => {
  const store = mongoDialogStore(mongo);
  const nothingStored = (await mongo.collection('dialogs').findOne({}, { projection: { _id: 1 } })) === null;
  const request = { topic, atOnce, onProgress, ...(signal && { signal }) };
  const totals = sumOf(
    await readPartitions(kafka, request, () => {
      const fold = new DialogFold(store, { most: Math.ceil(mostHeld / atOnce), nothingStored });
      const end = async (): Promise<FoldTotals> => {
        await fold.flush();
        return fold.totals;
      };
      return { take: (records) => fold.take(records), end };
    }),
  );
  /* Whoever wrote meanwhile is a service that goes on without the rest. */
  const overtaken = [...totals.stuck.values()].includes('overtaken');
  if (!overtaken) await accept({ kafka, mongo }, commands);
  return totals;
};
