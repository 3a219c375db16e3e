import { setTimeout as wait } from 'node:timers/promises';
import { lintPlace } from '@stopcovid/drills';
import type { Command } from 'commander';
import { untilInterrupted } from './ask';
import { costLines } from './cost-lines';
import { exitCodes, type ExitCode } from './exit';
import { quotedProblem } from './quoted-problem';
import type { Surroundings } from './surroundings';
import type { Terminal } from './terminal';

export type LintPrint = { readonly json: boolean; readonly strict: boolean };

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

type Report = Awaited<ReturnType<typeof lintPlace>>;

const errorsIn = ({ problems }: Report): number =>
  problems.filter(({ severity }) => severity === 'error').length;

const print = (report: Report, terminal: Terminal): void => {
  for (const problem of report.problems)
    for (const line of quotedProblem(problem, report.files, terminal.colours === true)) terminal.out(line);
  if (report.cost.length > 0) terminal.out('What each drill costs to send, once through with every branch:');
  for (const line of costLines(report.cost)) terminal.out(line);
  const errors = errorsIn(report);
  terminal.out(`${count(errors, 'error')}, ${count(report.problems.length - errors, 'warning')}`);
};

const say = (report: Report, { json, strict }: LintPrint, terminal: Terminal): ExitCode => {
  if (json) terminal.out(JSON.stringify({ problems: report.problems, cost: report.cost }, null, 2));
  else print(report, terminal);
  const failed = errorsIn(report) > 0 || (strict && report.problems.length > 0);
  return failed ? exitCodes.problems : exitCodes.ok;
};

/** Lints a folder of drills or one file. Errors, or with `strict` warnings too, make the exit code 1. */
const lint = async (place: string, how: LintPrint, terminal: Terminal): Promise<ExitCode> =>
  say(await lintPlace(place), how, terminal);

const everyMs = 500;

/** Lints again whenever the files have changed, until it is interrupted; the last exit code counts. */
export const lintAgain = async (
  place: string,
  how: LintPrint,
  { terminal, signal }: { readonly terminal: Terminal; readonly signal: AbortSignal },
): Promise<ExitCode> => {
  let digest: string | undefined;
  let code: ExitCode = exitCodes.ok;
  while (!signal.aborted) {
    const report = await lintPlace(place);
    if (report.digest !== digest) {
      digest = report.digest;
      code = say(report, how, terminal);
      terminal.err('Waiting for changes; Ctrl-C ends.');
    }
    await wait(everyMs, undefined, { signal }).catch(() => undefined);
  }
  return code;
};

const help = `
  dialog lint drills
  dialog lint drills/04-masks.yaml --watch

A drill that is named is judged alone; a course, a schedule or drips with the drills beside them.
Colours are used on a terminal, unless NO_COLOR is set.`;

type Flags = { readonly json?: boolean; readonly strict?: boolean; readonly watch?: boolean };

/** `dialog lint`: is this folder of drills fit to be sent? */
export const addLint = (program: Command, { terminal, ending }: Surroundings): void => {
  program
    .command('lint')
    .argument('[place]', 'folder of the drills, or one file', 'drills')
    .option('--json', 'problems and costs as JSON')
    .option('--strict', 'warnings fail too')
    .option('--watch', 'again whenever the files have changed')
    .addHelpText('after', help)
    .action(async (place: string, { json = false, strict = false, watch = false }: Flags) => {
      const how = { json, strict };
      ending.code = watch
        ? await untilInterrupted((signal) => lintAgain(place, how, { terminal, signal }))
        : await lint(place, how, terminal);
    });
};
