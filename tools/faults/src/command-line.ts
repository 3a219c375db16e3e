import { Command } from 'commander';
import { addReal } from './real/command';
import { addSimulated } from './simulated/command';

/** The whole command line. Throws what commander throws. */
export const faultsProgram = (): Command => {
  const program = new Command('npm run faults --')
    .description('Breaks things on purpose and asks whether anything was lost, doubled or disordered.')
    .exitOverride();
  for (const add of [addSimulated, addReal]) add(program);
  return program;
};
