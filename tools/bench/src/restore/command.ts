import type { Command } from 'commander';
import { count, onStage } from '../kit';
import { measureRestore } from './measure';
import type { Options } from './options';
import { fillTopic } from './topic';

/* What the stand-in takes for a dialog in memory, and for itself. */
const heapMbFor = ({ dialogs }: Options): number => 1_000 + Math.ceil(dialogs / 120);

export const addRestore = (program: Command): void => {
  program
    .command('restore')
    .description('how fast `dialog restore` makes an empty database whole from the topic')
    .option('--dialogs <n>', 'how many trainees there are', count(1, 10_000_000), 100_000)
    .option('--batches <n>', 'how many batches each of them has', count(1, 10), 4)
    .action((options: Options) =>
      onStage({ name: 'restore', databaseHeapMb: heapMbFor(options) }, async (stage) => {
        await stage.makeTopics();
        await fillTopic(stage, options);
        return measureRestore(stage, options);
      }),
    );
};
