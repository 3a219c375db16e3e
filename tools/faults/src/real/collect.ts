import {
  deadLetterTopic,
  phoneSchema,
  topics,
  type CommandId,
  type DialogCommand,
  type Phone,
} from '@stopcovid/contracts';
import { mongoDialogStore, type Dialog } from '@stopcovid/dialog-engine';
import type { CarrierMessage, Scheduled } from '../invariants';
import { readTopic, type KafkaConnection, type LogRecord } from '@stopcovid/kafka';
import { connectMongo } from '@stopcovid/mongo';
import {
  mongoPhoneSchedules,
  mongoProgressStore,
  type DrillRun,
  type PhoneSchedule,
  type TraineeProgress,
} from '@stopcovid/progress-tracker';
import { listedBy, type CarrierPlace, type Listed } from './carrier';
import type { ClockHours } from './clock-hours';
import type { Leftovers } from './leftovers';
import type { Earlier } from './scene';
import { slownessOf, type SlowWindow } from './slow-window';
import { silent, type System } from './system';
import { messageIdIn, pagesOf, type Ask, type TextRow } from './text-pages';

/** Some of all phones: those of some partitions of the topics, with what the carrier has of them, oldest first. */
export type Share = {
  readonly partitions: readonly number[];
  readonly isOwn: (phone: Phone) => boolean;
  readonly listed: readonly Listed[];
  readonly carrier: readonly CarrierMessage[];
};

const recordsOf = async (
  connection: KafkaConnection,
  topic: string,
  share: Share | undefined,
): Promise<readonly LogRecord[]> => {
  const records: LogRecord[] = [];
  const request = { topic, ...(share && { partitions: share.partitions }) };
  await readTopic(connection, request, (batch) => void records.push(...batch));
  return records;
};

type Stored = {
  readonly dialogs: readonly Dialog[];
  readonly held: ReadonlySet<string>;
  readonly trainees: readonly TraineeProgress[];
  readonly runs: readonly DrillRun[];
  readonly schedules: readonly PhoneSchedule[];
};

const storedOf = async (mongodbUrl: string, isOwn: Share['isOwn']): Promise<Stored> => {
  const connection = await connectMongo({ url: mongodbUrl, appName: 'faults', logger: silent });
  const phonesIn = async (collection: string): Promise<readonly Phone[]> =>
    (await connection.collection(collection).distinct('_id'))
      .map((id) => phoneSchema.parse(id))
      .filter((phone) => isOwn(phone));
  try {
    const phones = await phonesIn('dialogs');
    const dialogs = await mongoDialogStore(connection).load(phones);
    const unreadable = [...dialogs].find(([, { kind }]) => kind === 'unreadable');
    if (unreadable) throw new Error('a stored dialog cannot be read');
    const progress = await mongoProgressStore(connection);
    const known = await phonesIn('trainees');
    const { trainees, runs } = await progress.load(known, [], known);
    const schedules = await (await mongoPhoneSchedules(connection)).load(known);
    return {
      dialogs: [...dialogs.values()].flatMap((stored) => (stored.kind === 'readable' ? [stored.dialog] : [])),
      held: new Set((await connection.collection('held_commands').distinct('hold')).map(String)),
      trainees: [...trainees.values()],
      runs: [...runs.values()],
      schedules: [...schedules.values()].flatMap((one) => (one.kind === 'readable' ? [one.value] : [])),
    };
  } finally {
    await connection.close();
  }
};

type Accepted = TextRow & {
  readonly sid: string;
  readonly to: string;
  readonly body: string;
  readonly statusCallback: string | null;
  readonly at: string;
};

/** What the carrier accepted, oldest first. */
export const carrierOf = async (emulatorUrl: string): Promise<readonly CarrierMessage[]> => {
  const all: CarrierMessage[] = [];
  const ask: Ask = async (path) => (await fetch(`${emulatorUrl}/emulator/api/${path}`)).json();
  for await (const rows of pagesOf<Accepted>(ask, 'accepted'))
    for (const { sid, to, body, statusCallback, at } of rows)
      all.push({
        sid,
        to: phoneSchema.parse(to),
        body,
        messageId: messageIdIn(statusCallback),
        at: Date.parse(at),
        calledAt: Date.parse(at),
      });
  return all;
};

/** Phones and texts that the run knows of by itself. */
export type Known = {
  readonly accepted: readonly DialogCommand[];
  readonly madeUp: ReadonlySet<Phone>;
  readonly untold: ReadonlySet<CommandId>;
  readonly slow: readonly SlowWindow[];
  readonly forged: ReadonlySet<Phone>;
  readonly clocks: readonly ClockHours[];
  readonly earlier: Earlier;
  readonly forgotten: ReadonlySet<string>;
};

/* No whole day lies in a run, so that nobody can be forgotten on one: of I16 only what is on record is judged. */
const scheduledIn = (
  [hours]: readonly ClockHours[],
  schedules: readonly PhoneSchedule[],
): Scheduled | null => {
  if (hours === undefined) return null;
  const { zone, window, calmFrom } = hours;
  return { zone, window, drills: [], calm: { from: calmFrom, to: Date.now() }, schedules };
};

/** Where a system keeps what it holds. */
export type Places = CarrierPlace & Pick<System, 'direct'>;

/** Reads what a quiet system holds: of everybody, or of a share, which is all that lies in memory then. */
export const collect = async (system: Places, known: Known, share?: Share): Promise<Leftovers> => {
  const { kafka, mongodbUrl } = system.direct;
  const dead = [topics.dialogCommands, topics.dialogEvents, topics.smsLog].map(deadLetterTopic);
  const deadLetters: LogRecord[] = [];
  for (const topic of dead) deadLetters.push(...(await recordsOf(kafka, topic, share)));
  const { accepted, madeUp, untold, slow, forged, clocks, earlier, forgotten } = known;
  const { schedules, ...stored } = await storedOf(mongodbUrl, share?.isOwn ?? (() => true));
  return {
    accepted,
    madeUp,
    forged,
    scheduled: scheduledIn(clocks, schedules),
    slowness: slow.map((window) => slownessOf(window, accepted)),
    listed: (share?.listed ?? (await listedBy(system))).map((text) => ({
      ...text,
      untold: untold.has(text.sid),
    })),
    authToken: system.authToken,
    commands: [...earlier.commands, ...(await recordsOf(kafka, topics.dialogCommands, share))],
    events: [...earlier.events, ...(await recordsOf(kafka, topics.dialogEvents, share))],
    smsLog: [...earlier.smsLog, ...(await recordsOf(kafka, topics.smsLog, share))],
    deadLetters,
    ...stored,
    carrier: (share?.carrier ?? (await carrierOf(system.emulator.url))).filter(
      ({ sid }) => !forgotten.has(sid),
    ),
  };
};
