import { commandIdSchema, type CommandId } from '@stopcovid/contracts';
import { commandView, mongoCommandRecords, type CommandRecords } from '@stopcovid/progress-tracker';
import { maskPhone } from '@stopcovid/runtime';
import { InvalidArgumentError, type Command } from 'commander';
import { exitCodes, type ExitCode } from './exit';
import { onMongo, withMongoOptions, type ServerFlags } from './servers';
import type { Surroundings } from './surroundings';
import type { Terminal } from './terminal';

export type CommandOptions = {
  readonly commandId: CommandId;
  readonly json: boolean;
  /** The phone as it is: personal data. */
  readonly full: boolean;
};

const idTyped = (typed: string): CommandId => {
  const id = commandIdSchema.safeParse(typed);
  if (!id.success) throw new InvalidArgumentError('It takes the id that an action answered.');
  return id.data;
};

const linesOf = (view: ReturnType<typeof commandView>): readonly string[] => [
  `${view.type} for ${view.phone}, by ${view.by} at ${view.at}: ${view.state}`,
  ...(view.events ?? []).map(({ type, reason }) => `  ${type}${reason === undefined ? '' : ` (${reason})`}`),
  ...(view.events?.length === 0 ? ['  nothing changed'] : []),
  ...(view.code === undefined ? [] : [`  ${view.code}: ${view.reason ?? ''}`]),
];

/** Says what became of a command that was asked for. `problems` when it is not on record, or was put aside. */
export const command = async (
  records: Pick<CommandRecords, 'of'>,
  { commandId, json, full }: CommandOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const asked = await records.of(commandId);
  if (asked === undefined) {
    terminal.err('No such command is on record.');
    return exitCodes.problems;
  }
  const view = { ...commandView(asked), phone: full ? asked.phone : maskPhone(asked.phone) };
  for (const line of json ? [JSON.stringify(view)] : linesOf(view)) terminal.out(line);
  return asked.fate.state === 'deadLettered' ? exitCodes.problems : exitCodes.ok;
};

type Flags = Pick<ServerFlags, 'environment' | 'mongodb'> & {
  readonly json?: boolean;
  readonly full?: boolean;
};

/** `dialog command`: what became of a command. */
export const addCommand = (program: Command, surroundings: Surroundings): void => {
  const subcommand = program
    .command('command')
    .argument('<id>', 'as the action answered it', idTyped)
    .option('--json', 'one JSON object')
    .option('--full', 'the phone as it is: personal data');
  withMongoOptions(subcommand).action(async (commandId: CommandId, flags: Flags) => {
    surroundings.ending.code = await onMongo({ flags, changes: false }, surroundings, async (mongo) =>
      command(
        await mongoCommandRecords(mongo),
        { commandId, json: flags.json ?? false, full: flags.full ?? false },
        surroundings.terminal,
      ),
    );
  });
};
