import type { Command } from 'commander';
import { count, figuresTable, only, onStage, type Figure, type Stage } from '../kit';
import { measureDue, measureLateness, openGround } from './due';
import { measureImport } from './import';
import { parts, type Options } from './options';
import { measurePlanning } from './planning';
import { measureSpread } from './spread';

const withoutServers = async (options: Options): Promise<readonly Figure[]> => [
  ...(options.only.includes('planning') ? measurePlanning() : []),
  ...(options.only.includes('spread') ? await measureSpread(options) : []),
];

const onServers = async (stage: Stage, options: Options): Promise<readonly Figure[]> => {
  const ground = await openGround(stage);
  return [
    ...(options.only.includes('due') ? await measureDue(ground, options) : []),
    ...(options.only.includes('lateness') ? await measureLateness(ground, options) : []),
    ...(options.only.includes('import') ? await measureImport(ground, options) : []),
  ];
};

const needServers = ({ only: named }: Options): boolean =>
  named.some((part) => part === 'due' || part === 'lateness' || part === 'import');

const databaseHeapMb = 3_000;

export const addSchedule = (program: Command): void => {
  program
    .command('schedule')
    .description('planning trainees, what comes due for many at once, importing them: about two minutes')
    .option('--trainees <n>', 'how many are due at nine', count(1, 1_600_000), 20_000)
    .option('--idle-seconds <n>', 'how long nothing is due', count(), 15)
    .option('--late-phones <n>', 'how many come due within an otherwise idle minute', count(1, 1_000), 200)
    .option('--spread <n>', 'how many are due at nine with a spread of an hour', count(60), 20_000)
    .option('--rows <n>', 'how many rows are imported', count(1, 1_600_000), 10_000)
    .addOption(only(parts))
    .action(async (options: Options) => {
      const figures = await withoutServers(options);
      if (!needServers(options)) return console.log(figuresTable(figures));
      await onStage({ name: 'schedule', databaseHeapMb }, async (stage) => [
        ...figures,
        ...(await onServers(stage, options)),
      ]);
    });
};
