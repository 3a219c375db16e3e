import type { Command } from 'commander';
import { figuresTable, only } from '../kit';
import { measurePlanning } from './planning';

const parts = ['planning'] as const;

type Options = { readonly only: readonly (typeof parts)[number][] };

export const addSchedule = (program: Command): void => {
  program
    .command('schedule')
    .description('planning trainees, and what comes due for many at once: about a minute')
    .addOption(only(parts))
    .action((_options: Options) => console.log(figuresTable(measurePlanning())));
};
