import { setTimeout as pause } from 'node:timers/promises';
import { CommanderError } from 'commander';
import { exitCodeOf, exitCodes, UsageError, type ExitCode } from './exit';
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

/** Until when servers may be away, and how long to let them be in between, in milliseconds. */
export type Patience = { readonly until: number; readonly pauseMs: number };

/** Until when servers may be away, as the setting says it; now without one. Throws UsageError where it is no number. */
const patienceOf = ({ DIALOG_WAIT_SECONDS: seconds = '0' }: NodeJS.ProcessEnv): Patience => {
  if (!/^\d{1,6}$/.test(seconds))
    throw new UsageError(`DIALOG_WAIT_SECONDS is no number of seconds: ${seconds}`);
  return { until: performance.now() + Number(seconds) * 1_000, pauseMs: 2_000 };
};

/** Does it again while a server does not answer, until the time is over. */
export const patiently = async (
  work: () => Promise<ExitCode>,
  { until, pauseMs }: Patience,
): Promise<ExitCode> => {
  for (;;) {
    const code = await work();
    if (code !== exitCodes.unavailable || performance.now() > until) return code;
    await pause(pauseMs);
  }
};

/**
 * Runs one command line and answers its exit code. Never throws: what went wrong is said on standard error. Begins again
 * while a server does not answer, as long as DIALOG_WAIT_SECONDS says.
 */
export const runDialog = async (
  args: readonly string[],
  terminal: Terminal,
  environment: NodeJS.ProcessEnv,
): Promise<ExitCode> => {
  try {
    return await patiently(() => once(args, terminal, environment), patienceOf(environment));
  } catch (error) {
    terminal.err(error instanceof Error ? error.message : String(error));
    return await exitCodeOf(error);
  }
};
