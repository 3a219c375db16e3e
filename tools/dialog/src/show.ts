import type { Phone } from '@stopcovid/contracts';
import {
  mongoDialogStore,
  mongoHeldCommands,
  type DialogStore,
  type HeldCommands,
  type StoredDialog,
} from '@stopcovid/dialog-engine';
import type { KafkaConnection } from '@stopcovid/kafka';
import { mongoWaitingPhones, type WaitingPhones } from '@stopcovid/projections';
import { mongoProgressStore, type ProgressStore } from '@stopcovid/progress-tracker';
import type { Command } from 'commander';
import type { DeadLetterRow } from './dead-letter-row';
import { collectLetters } from './dead-letters-command';
import { exitCodes, type ExitCode } from './exit';
import type { MongoConnection } from './mongo';
import { redacted } from './record-view';
import { onMongo, onServers, withServerOptions, type ServerFlags } from './servers';
import type { Surroundings } from './surroundings';
import type { Terminal } from './terminal';
import { phoneFrom } from './typed';

/** What sms-sender keeps of a phone, as far as an operator asks. */
export type ShownOutbox = {
  readonly lastVersion: number;
  readonly optedOut: boolean;
  readonly carrierOptOut: boolean;
  readonly notBefore: number;
  readonly pending: readonly object[];
  readonly parked: readonly object[];
};

/** What is shown of one phone: the engine's, the tracker's and the sender's view. */
export type ShownStores = {
  readonly dialogs: Pick<DialogStore, 'load'>;
  readonly held: Pick<HeldCommands, 'under'>;
  readonly progress: Pick<ProgressStore, 'trainee' | 'runsOf'>;
  readonly outbox: (phone: Phone) => Promise<ShownOutbox | undefined>;
  /** Where the readers of events keep on record that a phone waits. */
  readonly waiting: Readonly<Record<'tracker' | 'sender', Pick<WaitingPhones, 'find'>>>;
  /** Only when they were asked for: their topics are read from end to end. */
  readonly deadLetters?: (phone: Phone) => Promise<readonly DeadLetterRow[]>;
};

const latestRuns = 20;

const describe = async (stored: StoredDialog, held: ShownStores['held']): Promise<object> => {
  if (stored.kind === 'unreadable') return { unreadable: stored.reason };
  const { version, state, outbox, recentCommandIds, hold } = stored.dialog;
  const waiting = hold ? await held.under([hold]) : undefined;
  return {
    version,
    ...state,
    unpublished: outbox.length,
    held: (waiting?.commands ?? []).map(({ commandId, partition, offset }) => ({
      commandId,
      partition,
      offset,
    })),
    ...(waiting && waiting.unreadable.size > 0 && { heldUnreadable: [...waiting.unreadable.values()] }),
    recentCommandIds,
  };
};

const describeOutbox = (outbox: ShownOutbox): object => {
  const { lastVersion, optedOut, carrierOptOut, notBefore, pending, parked } = outbox;
  return {
    lastVersion,
    optedOut,
    carrierOptOut,
    ...(notBefore > 0 ? { notBefore: new Date(notBefore).toISOString() } : {}),
    pending,
    parked,
  };
};

/** What makes a phone wait, of each reader for which it does. */
const waitsOf = async (waiting: ShownStores['waiting'], phone: Phone): Promise<object> => {
  const [tracker, sender] = await Promise.all(
    [waiting.tracker, waiting.sender].map(async (record) => {
      const found = (await record.find([phone])).get(phone);
      return found && { ...found, phone: undefined };
    }),
  );
  return { ...(tracker && { tracker }), ...(sender && { sender }) };
};

/** All that is known of a phone; undefined when nothing was ever heard of it. */
const find = async (
  { dialogs, held, progress, outbox, waiting, deadLetters }: ShownStores,
  phone: Phone,
): Promise<object | undefined> => {
  const [stored, trainee, runs, out, waits, letters] = await Promise.all([
    dialogs.load([phone]),
    progress.trainee(phone),
    progress.runsOf(phone, latestRuns),
    outbox(phone),
    waitsOf(waiting, phone),
    deadLetters?.(phone),
  ]);
  const dialog = stored.get(phone);
  if ([dialog, trainee, out, letters?.[0]].every((one) => one === undefined)) return undefined;
  return {
    dialog: dialog ? await describe(dialog, held) : null,
    progress: trainee ?? null,
    runs,
    sender: out ? describeOutbox(out) : null,
    waits,
    ...(letters === undefined ? {} : { deadLetters: letters.map(({ key: _key, ...row }) => row) }),
  };
};

export type ShowOptions = { readonly phone: Phone; readonly full: boolean };

/** Shows where one phone stands with each service; without `full`, what is personal is left out. */
export const show = async (
  stores: ShownStores,
  { phone, full }: ShowOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const found = await find(stores, phone);
  if (!found) {
    terminal.err(`nothing was ever heard of ${phone}`);
    return exitCodes.problems;
  }
  const plain: unknown = JSON.parse(JSON.stringify(found));
  terminal.out(JSON.stringify({ phone, ...Object(full ? plain : redacted(plain)) }, null, 2));
  return exitCodes.ok;
};

type Flags = ServerFlags & { readonly full?: boolean; readonly deadLetters?: boolean };

/** What cannot be read of a phone's waiting is shown as its reason. */
const shown = (): void => undefined;

const storesOn = async (mongo: MongoConnection, kafka?: KafkaConnection): Promise<ShownStores> => {
  /* Only here: the sender brings the carrier's client along, which takes its time to load. */
  const { mongoOutboxStore } = await import('@stopcovid/sms-sender');
  const outboxes = await mongoOutboxStore(mongo);
  return {
    dialogs: mongoDialogStore(mongo),
    held: mongoHeldCommands(mongo),
    progress: await mongoProgressStore(mongo),
    waiting: {
      tracker: await mongoWaitingPhones(mongo, 'tracker_waiting_phones', shown),
      sender: await mongoWaitingPhones(mongo, 'sender_waiting_phones', shown),
    },
    outbox: async (phone) => (await outboxes.load([phone])).outboxes.get(phone),
    ...(kafka ? { deadLetters: (phone) => collectLetters(kafka, undefined, { phone }) } : {}),
  };
};

const help = `
What to look at:
  dialog.version, progress.version and sender.lastVersion are equal when all services are up to date;
  dialog.unpublished above 0: batches wait for Kafka; dialog.held: commands wait for a document that could not be read;
  optedOut: nothing is sent; sender.pending: texts on their way; sender.parked: texts of which nobody knows whether
  they were sent; waits: a reader of dialog.events.v1 that keeps the phone waiting: because of a gap (a batch is
  missing), the future (it is of a later release) or a document that is unreadable.`;

/** `dialog show`: where one phone stands with each service. */
export const addShow = (program: Command, surroundings: Surroundings): void => {
  const { terminal, ending } = surroundings;
  const command = program
    .command('show')
    .argument('<phone>', 'in E.164, for example +12025550143', phoneFrom);
  withServerOptions(command)
    .option('--dead-letters', 'also its dead letters, which takes reading their topics')
    .option('--full', 'names, answers and texts as they are: personal data')
    .addHelpText('after', help)
    .action(async (phone: ReturnType<typeof phoneFrom>, flags: Flags) => {
      const options = { phone, full: flags.full ?? false };
      const errand = { flags, changes: false };
      ending.code = flags.deadLetters
        ? await onServers(errand, surroundings, async ({ mongo, kafka }) =>
            show(await storesOn(mongo, kafka), options, terminal),
          )
        : await onMongo(errand, surroundings, async (mongo) =>
            show(await storesOn(mongo), options, terminal),
          );
    });
};
