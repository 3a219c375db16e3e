import { setTimeout as pause } from 'node:timers/promises';
import { CommanderError } from 'commander';
import { exitCodeOf, exitCodes, type ExitCode } from './exit';
import { buildProgram } from './program';
import type { Ending } from './surroundings';
import type { Terminal } from './terminal';

const once = async (
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

const againAfterMs = 2_000;

/** Until when servers may be away, as the setting says it; now without one. Undefined where it is no number. */
const patience = ({ DIALOG_WAIT_SECONDS: seconds = '0' }: NodeJS.ProcessEnv): number | undefined =>
  /^\d{1,6}$/.test(seconds) ? performance.now() + Number(seconds) * 1_000 : undefined;

/**
 * Runs one command line and answers its exit code. Never throws: what went wrong is said on standard error. Begins again
 * while a server does not answer, as long as DIALOG_WAIT_SECONDS says.
 */
export const runDialog = async (
  args: readonly string[],
  terminal: Terminal,
  environment: NodeJS.ProcessEnv,
): Promise<ExitCode> => {
  const until = patience(environment);
  if (until === undefined) {
    terminal.err(`DIALOG_WAIT_SECONDS is no number of seconds: ${environment['DIALOG_WAIT_SECONDS']}`);
    return exitCodes.usage;
  }
  for (;;) {
    const code = await once(args, terminal, environment);
    if (code !== exitCodes.unavailable || performance.now() > until) return code;
    await pause(againAfterMs);
  }
};
