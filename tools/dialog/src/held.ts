import { deadLetterTopic, topics, type Phone } from '@stopcovid/contracts';
import { deadLetterHeaders, kafkaPublisher, type DeadLetter, type KafkaPublisher } from '@stopcovid/kafka';
import { maskPhone } from '@stopcovid/runtime';
import type { Command } from 'commander';
import { personAt } from './act';
import { mayDo } from './ask';
import { exitCodes, type ExitCode } from './exit';
import { mongoHeldRows, type HeldPhone, type HeldRow, type HeldRows } from './held-rows';
import { onMongo, onServers, withMongoOptions, withServerOptions, type ServerFlags } from './servers';
import type { Surroundings } from './surroundings';
import { tableOf } from './table';
import type { Terminal } from './terminal';
import { phoneFrom } from './typed';

type ListOptions = { readonly json: boolean; readonly full: boolean };

const sinceOf = (rows: readonly HeldRow[]): string =>
  rows
    .flatMap(({ heldAt }) => heldAt?.toISOString() ?? [])
    .sort()
    .at(0) ?? '';

const lineOf = ({ phone, reason, rows }: HeldPhone, full: boolean) => ({
  phone: full ? phone : maskPhone(phone),
  reason,
  commands: String(rows.length),
  since: sinceOf(rows),
  first: rows[0]?.commandId ?? '',
});

/** Lists whose commands wait, and why. `problems` when there are some. */
const listHeld = async (
  held: HeldRows,
  { json, full }: ListOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const lines = (await held.waiting()).map((one) => lineOf(one, full));
  const [first] = lines;
  if (first === undefined) {
    terminal.err('no commands wait');
    return exitCodes.ok;
  }
  const rows = lines.map((line) => Object.values(line));
  for (const line of json ? lines.map((one) => JSON.stringify(one)) : tableOf(Object.keys(first), rows))
    terminal.out(line);
  return exitCodes.problems;
};

type Change = { readonly phone: Phone; readonly yes: boolean };
type Parts = { readonly held: HeldRows; readonly publisher: KafkaPublisher; readonly terminal: Terminal };

const nothingWaits = (terminal: Terminal): ExitCode => {
  terminal.err('No such command waits.');
  return exitCodes.problems;
};

/** Hands the first command of a phone to its topic again: there all that waits is decided in its order, if it can be. */
const retryHeld = async ({ phone, yes }: Change, { held, publisher, terminal }: Parts): Promise<ExitCode> => {
  const rows = (await held.waiting(phone)).flatMap((one) => one.rows);
  const first = rows.flatMap(({ stored }) => (stored.kind === 'readable' ? stored.value : []))[0];
  if (first === undefined) return nothingWaits(terminal);
  const question = `Hand ${rows.length} held commands of ${maskPhone(phone)} over again?`;
  if (!(await mayDo(question, yes, terminal))) return exitCodes.problems;
  await publisher.publish(topics.dialogCommands, [{ key: phone, value: first.value }]);
  terminal.out('handed over again');
  return exitCodes.ok;
};

/** What cannot be read is put aside as the row that it stands in. */
const bytesOf = ({ stored, document }: HeldRow): Buffer =>
  Buffer.from(stored.kind === 'readable' ? stored.value.value : JSON.stringify(document));

const letterOf = (row: HeldRow, by: string): DeadLetter => ({
  topic: deadLetterTopic(topics.dialogCommands),
  key: row.phone,
  value: bytesOf(row),
  headers: {
    [deadLetterHeaders.topic]: topics.dialogCommands,
    [deadLetterHeaders.partition]: String(row.document['partition']),
    [deadLetterHeaders.offset]: String(row.document['offset']),
    [deadLetterHeaders.timestamp]: String(row.heldAt?.getTime() ?? 0),
    [deadLetterHeaders.group]: 'dialog-held',
    [deadLetterHeaders.code]: 'GIVEN_UP',
    [deadLetterHeaders.reason]: `by ${by}`,
    [deadLetterHeaders.attempts]: '1',
  },
});

/** Puts one held command aside, first among the dead letters and then out of the way of those behind it. */
const giveUpHeld = async (
  { phone, yes, commandId, by }: Change & { readonly commandId: string; readonly by: string },
  { held, publisher, terminal }: Parts,
): Promise<ExitCode> => {
  const rows = (await held.waiting(phone)).flatMap((one) => one.rows);
  const row = rows.find((one) => one.commandId === commandId);
  if (row === undefined) return nothingWaits(terminal);
  const question = `Give up ${commandId} of ${maskPhone(phone)} into the dead letters?`;
  if (!(await mayDo(question, yes, terminal))) return exitCodes.problems;
  await publisher.publishDeadLetters([letterOf(row, by)]);
  if (!(await held.remove(row))) terminal.err('It was decided meanwhile; its dead letter can stay.');
  terminal.out(`given up by ${by}`);
  return exitCodes.ok;
};

type Flags = ServerFlags & { readonly yes?: boolean; readonly json?: boolean; readonly full?: boolean };

const changing = (
  flags: Flags,
  surroundings: Surroundings,
  act: (parts: Parts) => Promise<ExitCode>,
): Promise<ExitCode> =>
  onServers({ flags, changes: true }, surroundings, async ({ mongo, kafka }) => {
    const publisher = kafkaPublisher(kafka);
    try {
      return await act({ held: mongoHeldRows(mongo), publisher, terminal: surroundings.terminal });
    } finally {
      await publisher.close();
    }
  });

const addChanges = (held: Command, surroundings: Surroundings): void => {
  const { ending } = surroundings;
  const retry = held
    .command('retry')
    .description('hand the held commands of a phone over again, to be decided in their order')
    .argument('<phone>', 'in E.164, for example +12025550143', phoneFrom)
    .option('--yes', 'do not ask');
  withServerOptions(retry).action(async (phone: Phone, flags: Flags) => {
    const change = { phone, yes: flags.yes ?? false };
    ending.code = await changing(flags, surroundings, (parts) => retryHeld(change, parts));
  });
  const giveUp = held
    .command('give-up')
    .description('put one held command aside into the dead letters, out of the way of those behind it')
    .argument('<phone>', 'in E.164, for example +12025550143', phoneFrom)
    .requiredOption('--command <id>', 'its id, as list and show print it')
    .option('--yes', 'do not ask');
  withServerOptions(giveUp).action(async (phone: Phone, flags: Flags & { readonly command: string }) => {
    const by = personAt(surroundings);
    const change = { phone, yes: flags.yes ?? false, commandId: flags.command, by };
    ending.code = await changing(flags, surroundings, (parts) => giveUpHeld(change, parts));
  });
};

/** `dialog held`: the commands that wait for a document or a release that can read them. */
export const addHeld = (program: Command, surroundings: Surroundings): void => {
  const { terminal, ending } = surroundings;
  const held = program.command('held');
  const list = held
    .command('list')
    .description('whose commands wait, why, how many and since when')
    .option('--json', 'one JSON object a line')
    .option('--full', 'phones as they are: personal data');
  withMongoOptions(list).action(async (flags: Flags) => {
    const options = { json: flags.json ?? false, full: flags.full ?? false };
    ending.code = await onMongo({ flags, changes: false }, surroundings, (mongo) =>
      listHeld(mongoHeldRows(mongo), options, terminal),
    );
  });
  addChanges(held, surroundings);
};
