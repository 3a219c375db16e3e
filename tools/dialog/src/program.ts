import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { exitCodes } from './exit';
import { subcommands } from './subcommands';
import type { Surroundings } from './surroundings';

const endings = `
Exit codes: ${exitCodes.ok} all is well, ${exitCodes.problems} problems were found, ${exitCodes.usage} the command was not understood, ${exitCodes.unavailable} a server does not answer`;

/** What npm itself prints goes to standard output too. */
const quietNpm = `
Where a program reads the output: npm run --silent dialog -- …`;

/** How the person at the terminal calls us. */
const calledAs = ({ npm_lifecycle_event: script }: NodeJS.ProcessEnv): string =>
  script === 'dialog' ? 'npm run dialog --' : 'dialog';

const version = (): string => {
  const { version: number } = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  return `dialog ${number}`;
};

/** A subcommand that was not understood names its own help. */
const pointToHelp = (command: Command, path: string): void => {
  command.showHelpAfterError(`(${path} --help tells more)`);
  for (const each of command.commands) pointToHelp(each, `${path} ${each.name()}`);
};

/** The subcommand that the arguments ask for, or ask help for. */
const askedFor = (args: readonly string[]): string | undefined =>
  args.find((arg) => !arg.startsWith('-') && arg !== 'help');

const shell = ({ terminal, environment }: Surroundings): Command => {
  const name = calledAs(environment);
  /* Examples in the help texts begin with our own name. */
  const asCalled = (text: string): string => text.trimEnd().replace(/^( +)dialog /gm, `$1${name} `);
  return new Command(name)
    .description('The StopCOVID dialog engine on the command line.')
    .version(version(), '--version', 'which release this is')
    .addHelpText('after', name === 'dialog' ? endings : endings + quietNpm)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(asCalled(text)),
      writeErr: (text) => terminal.err(text.trimEnd()),
    });
};

/** The command line for these arguments; the subcommand that they ask for leaves its exit code in `ending`. */
export const buildProgram = async (args: readonly string[], surroundings: Surroundings): Promise<Command> => {
  const program = shell(surroundings);
  const asked = askedFor(args);
  for (const { name, description, load } of subcommands) {
    if (name === asked) (await load())(program, surroundings);
    else program.command(name);
    program.commands.at(-1)?.description(description);
  }
  pointToHelp(program, program.name());
  return program;
};
