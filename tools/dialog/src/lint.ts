import { formatProblem, lintDirectory, type LintReport } from '@stopcovid/drills';
import type { Command } from 'commander';
import { costLines } from './cost-lines';
import { exitCodes, type ExitCode } from './exit';
import type { Surroundings } from './surroundings';
import type { Terminal } from './terminal';

export type LintPrint = { readonly json: boolean; readonly strict: boolean };

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

const errorsIn = ({ problems }: LintReport): number =>
  problems.filter(({ severity }) => severity === 'error').length;

const print = (report: LintReport, terminal: Terminal): void => {
  for (const problem of report.problems) terminal.out(formatProblem(problem));
  if (report.cost.length > 0) terminal.out('What each drill costs to send, once through with every branch:');
  for (const line of costLines(report.cost)) terminal.out(line);
  const errors = errorsIn(report);
  terminal.out(`${count(errors, 'error')}, ${count(report.problems.length - errors, 'warning')}`);
};

/** Lints a folder of drills. Errors, or with `strict` warnings too, make the exit code 1. */
export const lint = async (
  directory: string,
  { json, strict }: LintPrint,
  terminal: Terminal,
): Promise<ExitCode> => {
  const report = await lintDirectory(directory);
  if (json) terminal.out(JSON.stringify({ problems: report.problems, cost: report.cost }, null, 2));
  else print(report, terminal);
  const failed = errorsIn(report) > 0 || (strict && report.problems.length > 0);
  return failed ? exitCodes.problems : exitCodes.ok;
};

/** `dialog lint`: is this folder of drills fit to be sent? */
export const addLint = (program: Command, { terminal, ending }: Surroundings): void => {
  program
    .command('lint')
    .argument('[dir]', 'folder of the drills', 'drills')
    .option('--json', 'problems and costs as JSON')
    .option('--strict', 'warnings fail too')
    .action(async (directory: string, flags: { json?: boolean; strict?: boolean }) => {
      ending.code = await lint(
        directory,
        { json: flags.json ?? false, strict: flags.strict ?? false },
        terminal,
      );
    });
};
