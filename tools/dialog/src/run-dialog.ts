import { CommanderError } from 'commander';
import { exitCodeOf, exitCodes, type ExitCode } from './exit';
import { buildProgram } from './program';
import type { Ending } from './surroundings';
import type { Terminal } from './terminal';

/** Runs one command line and answers its exit code. Never throws: what went wrong is said on standard error. */
export const runDialog = async (
  args: readonly string[],
  terminal: Terminal,
  environment: NodeJS.ProcessEnv,
): Promise<ExitCode> => {
  const ending: Ending = { code: exitCodes.ok };
  try {
    const program = await buildProgram(args, { terminal, ending, environment });
    await program.parseAsync([...args], { from: 'user' });
    return ending.code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    terminal.err(error instanceof Error ? error.message : String(error));
    return await exitCodeOf(error);
  }
};
