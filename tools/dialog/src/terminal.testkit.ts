import { join } from 'node:path';
import { Readable } from 'node:stream';
import { runDialog } from './run-dialog';
import { subcommands } from './subcommands';

/** The sample drills of this repository. */
export const sampleDrills = join(__dirname, '..', '..', '..', 'drills');

/* What is loaded late has to be compiled the first time, which is no spec's own time. */
beforeAll(async () => {
  for (const { load } of subcommands) await load();
}, 60_000);

/** Runs a command line on the given input; answers its exit code and what it said, line by line. */
export const run = async (
  args: readonly string[],
  input: readonly string[] = [],
  environment: NodeJS.ProcessEnv = {},
  { interactive = false } = {},
) => {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = {
    interactive,
    input: Readable.from(input.map((line) => `${line}\n`)),
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
  };
  const exit = await runDialog(args, terminal, environment);
  return { exit, out, err };
};
