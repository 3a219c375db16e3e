import { decodeCommand, encodeBatch } from '@stopcovid/contracts';
import { exitCodes, type ExitCode } from './exit';
import { LocalDialogs, type LocalWorld } from './local-dialogs';
import { linesOf, type Terminal } from './terminal';

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
