import { commandIdSchema, phoneSchema, type Phone } from '@stopcovid/contracts';
import { mongoDialogStore } from '@stopcovid/dialog-engine';
import { mongoMessageStore, mongoProgressStore } from '@stopcovid/progress-tracker';
import { maskPhone, traceIdOf } from '@stopcovid/runtime';
import { type Command, InvalidArgumentError } from 'commander';
import { exitCodes, type ExitCode } from './exit';
import type { MongoConnection } from './mongo';
import { onServers, withServerOptions, type ServerFlags, type Servers } from './servers';
import type { Surroundings } from './surroundings';
import type { Terminal } from './terminal';
import { countTyped } from './typed';
import { commandNamed, linesOf, storyOf, type Reached } from './trace/story';
import { phoneNaming, recordsOfPhone } from './trace/trace-records';

/** Whose story is told, and how far back the topics are read. */
type TraceOptions = { readonly id: string; readonly hours: number; readonly full: boolean };

const hourMs = 3_600_000;

type Found = { readonly phone: Phone; readonly sinceMs: number };

/** By the message log where it knows the id, whenever that was; else by reading the topics. */
const find = async ({ mongo, kafka }: Servers, { id, hours }: TraceOptions): Promise<Found | undefined> => {
  const store = await mongoMessageStore(mongo);
  const [known] = (await store.load([id], [id])).messages;
  if (known) {
    const { phone, at } = known.message.content;
    return { phone, sinceMs: Math.min(at.getTime(), Date.now()) - hours * hourMs };
  }
  const sinceMs = Date.now() - hours * hourMs;
  const phone = phoneSchema.safeParse(await phoneNaming(kafka, { id, sinceMs }));
  return phone.success ? { phone: phone.data, sinceMs } : undefined;
};

const reachedBy = async (mongo: MongoConnection, phone: Phone): Promise<Reached> => {
  /* Only here: the sender brings the carrier's client along, which takes its time to load. */
  const { mongoOutboxStore } = await import('@stopcovid/sms-sender');
  const dialog = (await mongoDialogStore(mongo).load([phone])).get(phone);
  const outbox = (await (await mongoOutboxStore(mongo)).load([phone])).outboxes.get(phone);
  const trainee = await (await mongoProgressStore(mongo)).trainee(phone);
  return {
    items: [...(outbox?.pending ?? []), ...(outbox?.sentLately ?? [])],
    versions: {
      'dialog-engine': dialog?.kind === 'readable' ? dialog.dialog.version : undefined,
      'sms-sender': outbox?.lastVersion,
      'progress-tracker': trainee?.version,
    },
  };
};

/** Tells what became of a text or a command. `problems` when nobody knows its id. */
const trace = async (servers: Servers, options: TraceOptions, terminal: Terminal): Promise<ExitCode> => {
  const { id, hours, full } = options;
  const unknown = (): ExitCode => {
    terminal.err(`nothing is known of ${id} in the last ${hours} hours: --hours reads further back`);
    return exitCodes.problems;
  };
  const found = await find(servers, options);
  if (!found) return unknown();
  const records = await recordsOfPhone(servers.kafka, found);
  const reached = await reachedBy(servers.mongo, found.phone);
  const commandId = commandNamed(id, records, reached);
  if (commandId === undefined) return unknown();
  const phone = full ? found.phone : maskPhone(found.phone);
  terminal.out(`${commandId} of ${phone}, trace ${traceIdOf(commandId)}`);
  for (const line of linesOf(storyOf(commandId, records, reached))) terminal.out(line);
  return exitCodes.ok;
};

const idTyped = (text: string): string => {
  const parsed = commandIdSchema.safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError('It takes the id of a text or of a command.');
  return parsed.data;
};

type Flags = ServerFlags & { readonly hours: number; readonly full?: boolean };

const help = `
The id is Twilio's (SM…) of a text that came in or went out, ours of one that went out, or that of a command. Told from
the topics, the outbox and the stores; no tracing system is needed. "by time" is said of a text whose outbox has
forgotten which command led to it: then it is taken for the last one's before it.`;

/** `dialog trace`: the story of one text. */
export const addTrace = (program: Command, surroundings: Surroundings): void => {
  const command = program.command('trace').argument('<id>', 'of a text or of a command', idTyped);
  withServerOptions(command)
    .option(
      '--hours <n>',
      'so far back before the text, or before now where the log lacks it',
      countTyped,
      24,
    )
    .option('--full', 'the phone as it is: personal data')
    .addHelpText('after', help)
    .action(async (id: string, { hours, full = false, ...flags }: Flags) => {
      const { terminal } = surroundings;
      surroundings.ending.code = await onServers({ flags, changes: false }, surroundings, (servers) =>
        trace(servers, { id, hours, full }, terminal),
      );
    });
};
