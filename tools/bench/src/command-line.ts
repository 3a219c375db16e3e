import { Command } from 'commander';
import { addCore } from './core/command';
import { addDay } from './day/command';
import { addFigures } from './figures/command';
import { addIngress } from './ingress/command';
import { addPipeline } from './pipeline/command';
import { addRestore } from './restore/command';
import { addSchedule } from './schedule/command';
import { addSender } from './sender/command';
import { addSweep } from './sweep/command';

/** The whole command line: one subcommand for each benchmark. Throws what commander throws. */
export const benchProgram = (): Command => {
  const program = new Command('npm run bench --')
    .description('Measures us beside goals, or beside something else in the same run.')
    .exitOverride();
  for (const add of [
    addCore,
    addPipeline,
    addIngress,
    addSender,
    addSweep,
    addSchedule,
    addFigures,
    addRestore,
    addDay,
  ])
    add(program);
  return program;
};
