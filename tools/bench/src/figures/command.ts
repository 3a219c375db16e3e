import type { Command } from 'commander';
import { count, only, onStage, type Figure, type Stage } from '../kit';
import { measureCost } from './cost';
import { measureFreshness } from './freshness';
import { build, fill, openGround } from './ground';
import { parts, type Options } from './options';
import { measureQuestions } from './questions';
import { measureService } from './service';

const measure = async (stage: Stage, options: Options): Promise<readonly Figure[]> => {
  const named = new Set(options.only);
  const figures: Figure[] = [];
  if (named.has('cost'))
    figures.push(...(await measureCost(await openGround(stage, 'small'), options, 'without history')));
  const ground = await openGround(stage, 'large');
  figures.push(
    { name: `seconds to write ${options.runs} runs`, value: await fill(ground, options.runs) },
    { name: 'seconds to count all of their buckets', value: await build(ground) },
  );
  if (named.has('questions')) figures.push(...(await measureQuestions(ground, options)));
  if (named.has('service')) figures.push(...(await measureService(stage, ground, options)));
  if (named.has('freshness')) figures.push(...(await measureFreshness(ground, options)));
  if (named.has('cost')) figures.push(...(await measureCost(ground, options, `amid ${options.runs} runs`)));
  return figures;
};

/* What the stand-in takes for a run in memory, and for itself. */
const heapMbFor = ({ runs, databaseHeapMb }: Options): number =>
  databaseHeapMb ?? 2_000 + Math.ceil(runs / 100);

export const addFigures = (program: Command): void => {
  program
    .command('figures')
    .description('figures of many runs, from buckets and from runs, and what keeping them costs')
    .option('--runs <n>', 'how many runs there are', count(1, 1_000_000), 100_000)
    .option('--seconds <n>', 'for how long events come', count(), 20)
    .option('--events-per-second <n>', 'how many events come', count(1, 5_000), 500)
    .option('--rounds <n>', 'how often costs are compared', count(1, 20), 5)
    .option(
      '--database-heap-mb <n>',
      'heap of the database, instead of 2,000 and one for each 100 runs',
      count(500),
    )
    .addOption(only(parts))
    .action(async (options: Options) => {
      await onStage({ name: 'figures', databaseHeapMb: heapMbFor(options) }, (stage) =>
        measure(stage, options),
      );
    });
};
