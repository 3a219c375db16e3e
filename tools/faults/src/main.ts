import { PartsUnavailable } from '@stopcovid/real-parts';
import { CommanderError } from 'commander';
import { faultsProgram } from './command-line';

/** Commander has said what it did not understand. */
const codeOf = (error: CommanderError): number => (error.exitCode === 0 ? 0 : 2);

faultsProgram()
  .parseAsync()
  .catch((error: unknown) => {
    if (error instanceof CommanderError) process.exit(codeOf(error));
    console.error(error instanceof PartsUnavailable ? error.message : error);
    process.exit(1);
  });
