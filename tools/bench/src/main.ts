import { PartsUnavailable } from '@stopcovid/real-parts';
import { CommanderError } from 'commander';
import { benchProgram } from './command-line';

/* What was to be expected is one line, anything else a stack; both end with 2. */
benchProgram()
  .parseAsync()
  .catch((error: unknown) => {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    const told = error instanceof PartsUnavailable ? error.message : error;
    console.error(told);
    process.exitCode = 2;
  });
