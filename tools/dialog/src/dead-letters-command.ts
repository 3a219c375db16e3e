import { deadLetterTopic, topics } from '@stopcovid/contracts';
import { kafkaPublisher, TopicUnknown, type KafkaConnection } from '@stopcovid/kafka';
import type { Command } from 'commander';
import {
  countsSaid,
  inOrderOfTime,
  jsonOfRow,
  letterId,
  tableOfRows,
  type DeadLetterRow,
  type Selection,
} from './dead-letter-row';
import { exitCodes, type ExitCode } from './exit';
import { lettersMeant, redrive } from './redrive';
import { mongoRedriven, type Redriven } from './redriven';
import { onKafka, onServers, withServerOptions, type ServerFlags } from './servers';
import { showRecord, withPlace, type PlaceTyped } from './show-record-command';
import type { Surroundings } from './surroundings';
import { boundTyped, deadTopicTyped, partitionTyped, phoneFrom } from './typed';

type SelectionFlags = ServerFlags &
  Selection & { readonly topic?: string; readonly full?: boolean; readonly json?: boolean };
type RedriveFlags = SelectionFlags & {
  readonly topic: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly includeDone?: boolean;
};

const withSelection = (command: Command): Command =>
  withServerOptions(
    command
      .option('--partition <number>', 'only those of this partition', partitionTyped)
      .option(
        '--from <offset|time>',
        'only those from here on, such as 1200 or 2026-03-01T17:05Z',
        boundTyped,
      )
      .option('--to <offset|time>', 'only those up to and with this', boundTyped)
      .option('--code <code>', 'only those with this code; docs/errors.md lists them')
      .option('--phone <phone>', 'only those of this phone, in E.164', phoneFrom),
  )
    .option('--full', 'phones as they are: personal data')
    .option('--json', 'one JSON object a line');

const selectionOf = ({ partition, from, to, code, phone }: Selection): Selection => ({
  ...(partition === undefined ? {} : { partition }),
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
  ...(code === undefined ? {} : { code }),
  ...(phone === undefined ? {} : { phone }),
});

/** The dead letters of all our topics, or of the one that was named; topics that do not exist have none. */
export const collectLetters = async (
  kafka: KafkaConnection,
  topic: string | undefined,
  selection: Selection,
): Promise<readonly DeadLetterRow[]> => {
  if (topic !== undefined) return lettersMeant(kafka, { topic: deadTopicTyped(topic), selection });
  const ofOne = (name: string): Promise<readonly DeadLetterRow[]> =>
    lettersMeant(kafka, { topic: name, selection }).catch((error: unknown) => {
      if (error instanceof TopicUnknown) return [];
      throw error;
    });
  return (await Promise.all(Object.values(topics).map(deadLetterTopic).map(ofOne))).flat();
};

const list = (flags: SelectionFlags, around: Surroundings): Promise<ExitCode> =>
  onKafka(flags, around, async ({ kafka, mongo }) => {
    const { terminal } = around;
    const rows = inOrderOfTime(await collectLetters(kafka, flags.topic, selectionOf(flags)));
    const redriven: Redriven | undefined = mongo && mongoRedriven(mongo);
    const done = (await redriven?.known(rows.map(letterId))) ?? new Set<string>();
    const print = { now: Date.now(), full: flags.full ?? false, done };
    if (flags.json) for (const row of rows) terminal.out(jsonOfRow(row, print));
    else if (rows.length > 0) for (const line of tableOfRows(rows, print)) terminal.out(line);
    terminal.err(countsSaid(rows));
    return exitCodes.ok;
  });

const redriveOne = (flags: RedriveFlags, around: Surroundings): Promise<ExitCode> =>
  onServers({ flags, changes: !(flags.dryRun ?? false) }, around, async ({ kafka, mongo }) => {
    const publisher = kafkaPublisher(kafka);
    const options = {
      topic: deadTopicTyped(flags.topic),
      selection: selectionOf(flags),
      dryRun: flags.dryRun ?? false,
      yes: flags.yes ?? false,
      includeDone: flags.includeDone ?? false,
      full: flags.full ?? false,
      json: flags.json ?? false,
    };
    const parts = { kafka, publisher, redriven: mongoRedriven(mongo), terminal: around.terminal };
    try {
      return await redrive(parts, options);
    } finally {
      await publisher.close();
    }
  });

const redriveHelp = `
Each letter goes back to the topic that it came from, as it was: key, bytes and headers, in order, acknowledged by all
replicas. The headers of its story go along, so that a record that is poison again comes back with its attempt counted.
What was decided before is recognised by its command id: redriving twice does no harm.

What went back is remembered in the database (redriven_dead_letters), letter by letter, and left out the next time;
--include-done sends it again. A redrive that is cut off is finished by giving the same command again.

  dialog dead-letters redrive --topic dialog.commands.v1 --code DRILL_UNKNOWN --dry-run
  dialog dead-letters redrive --topic dialog.commands.v1 --code DRILL_UNKNOWN --environment production`;

/** `dialog dead-letters`: what was put aside, and back with it. */
export const addDeadLetters = (program: Command, surroundings: Surroundings): void => {
  const letters = program.command('dead-letters');
  withSelection(letters.command('list').description('list what was put aside, the oldest first'))
    .option('--topic <topic>', 'the topic, or its dead letters (default: all of ours)')
    .action(async (flags: SelectionFlags) => {
      surroundings.ending.code = await list(flags, surroundings);
    });
  withPlace(
    letters.command('show').description('show one: headers, body, and whether it can be read'),
  ).action(async (...[typed, partition, offset, flags]: PlaceTyped) => {
    const place = { topic: deadTopicTyped(typed), partition, offset };
    surroundings.ending.code = await onKafka(flags, surroundings, ({ kafka }) =>
      showRecord(kafka, { place, flags }, surroundings.terminal),
    );
  });
  withSelection(letters.command('redrive').description('send them back to where they came from'))
    .requiredOption('--topic <topic>', 'the topic, or its dead letters')
    .option('--dry-run', 'say what would be done, and do nothing')
    .option('--yes', 'do not ask')
    .option('--include-done', 'also those that went back before')
    .addHelpText('after', redriveHelp)
    .action(async (flags: RedriveFlags) => {
      surroundings.ending.code = await redriveOne(flags, surroundings);
    });
};
