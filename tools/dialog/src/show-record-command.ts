import { readRecord, topicOffsets, type KafkaConnection, type RecordPlace } from '@stopcovid/kafka';
import type { Command } from 'commander';
import { exitCodes, UsageError, type ExitCode } from './exit';
import { jsonOfRecord, linesOfRecord } from './record-view';
import { onKafka, withServerOptions, type ServerFlags } from './servers';
import type { Surroundings } from './surroundings';
import type { Terminal } from './terminal';
import { offsetTyped, partitionTyped } from './typed';

/** What a command that names a place is called with. */
export type PlaceTyped = readonly [topic: string, partition: number, offset: string, flags: RecordFlags];

export type RecordFlags = ServerFlags & { readonly full?: boolean; readonly json?: boolean };

/** Why there is no record at a place. */
const whyNot = async (kafka: KafkaConnection, { topic, partition, offset }: RecordPlace): Promise<string> => {
  const own = (await topicOffsets(kafka, topic)).find((ends) => ends.partition === partition);
  const where = `${topic} ${partition}`;
  if (!own || own.first === own.end) return `${where} holds no records; the next will be ${own?.end ?? 0}`;
  const last = BigInt(own.end) - 1n;
  if (BigInt(offset) > last) return `${where} ends at ${last}: ${offset} was not written yet`;
  if (BigInt(offset) < BigInt(own.first)) return `${where} begins at ${own.first}: ${offset} was deleted`;
  return `${where} has no record at ${offset}: the place is taken by the mark of a transaction, or it was compacted`;
};

/** Shows the record at a place. */
export const showRecord = async (
  kafka: KafkaConnection,
  request: { readonly place: RecordPlace; readonly flags: RecordFlags },
  terminal: Terminal,
): Promise<ExitCode> => {
  const { place, flags } = request;
  const record = await readRecord(kafka, place);
  if (!record) throw new UsageError(await whyNot(kafka, place));
  const full = flags.full ?? false;
  if (flags.json) terminal.out(jsonOfRecord(record, full));
  else for (const line of linesOfRecord(record, full)) terminal.out(line);
  return exitCodes.ok;
};

/** The arguments that name a place, and the options of showing it. */
export const withPlace = (command: Command): Command =>
  withServerOptions(
    command
      .argument('<topic>', 'for example dialog.commands.v1')
      .argument('<partition>', 'a number from 0 on', partitionTyped)
      .argument('<offset>', 'a number from 0 on', offsetTyped),
  )
    .option('--full', 'phones and texts as they are: personal data')
    .option('--json', 'as one JSON object');

const help = `
Shows where the record stands, its key and headers, its body, and whether its reader could take it:

  dialog show-record dialog.commands.v1 3 1742
  dialog show-record sms.log.v1.dead 0 5 --full

No consumer group of a service is touched. Phones are masked and texts left out unless --full is given.`;

/** `dialog show-record`: one record, decoded and checked. */
export const addShowRecord = (program: Command, surroundings: Surroundings): void => {
  withPlace(program.command('show-record'))
    .addHelpText('after', help)
    .action(async (...[topic, partition, offset, flags]: PlaceTyped) => {
      surroundings.ending.code = await onKafka(flags, surroundings, ({ kafka }) =>
        showRecord(kafka, { place: { topic, partition, offset }, flags }, surroundings.terminal),
      );
    });
};
