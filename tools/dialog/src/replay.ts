import { decodeCommand, encodeBatch } from '@stopcovid/contracts';
import type { Command } from 'commander';
import { codesFrom, codesOption } from './codes-file';
import { exitCodes, type ExitCode } from './exit';
import { drillsOption, loadCatalogue } from './load-catalogue';
import { clockOf, LocalDialogs, type LocalWorld } from './local-dialogs';
import { idsOf } from './seeded-ids';
import type { Surroundings } from './surroundings';
import { linesOf, type Terminal } from './terminal';
import { timestampTyped } from './typed';

/**
 * Decides commands in their wire form, one JSON object a line, and writes one event batch a line. A line that cannot be
 * decided is named on standard error, and the others go on; the exit code then says so.
 */
export const replay = async (world: LocalWorld, terminal: Terminal): Promise<ExitCode> => {
  const dialogs = new LocalDialogs(world);
  let refused = 0;
  const refuse = (line: number, code: string, reason: string): void => {
    refused += 1;
    terminal.err(`line ${line}: ${code}: ${reason}`);
  };
  for await (const { number, text } of linesOf(terminal.input)) {
    const decoded = decodeCommand(text);
    if (!decoded.ok) {
      refuse(number, decoded.error.code, decoded.error.reason);
      continue;
    }
    const result = dialogs.handle(decoded.value);
    if (result.kind === 'decided') terminal.out(encodeBatch(result.batch));
    if (result.kind === 'refused') refuse(number, result.code, result.reason);
  }
  return refused === 0 ? exitCodes.ok : exitCodes.problems;
};

type ReplayFlags = { drills: string; codes?: string; seed?: string; now?: string };

/** `dialog replay`: commands to batches. */
export const addReplay = (program: Command, { terminal, ending }: Surroundings): void => {
  program
    .command('replay')
    .option(...drillsOption)
    .option(...codesOption)
    .option('--seed <text>', 'makes the ids of runs the same each time')
    .option('--now <time>', "decide everything at this time (default: each command's own)", timestampTyped)
    .action(async (flags: ReplayFlags) => {
      const world = {
        catalogue: await loadCatalogue(flags.drills),
        codes: await codesFrom(flags.codes),
        now: clockOf(flags.now),
        newRunId: idsOf(flags.seed),
      };
      ending.code = await replay(world, terminal);
    });
};
