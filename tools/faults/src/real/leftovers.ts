import {
  decodeCommand,
  decodeKeyed,
  type DialogCommand,
  type EventBatch,
  type Phone,
} from '@stopcovid/contracts';
import type { Dialog } from '@stopcovid/dialog-engine';
import type { CarrierMessage, ExpectedText, History, Violation } from '../invariants';
import type { LogRecord } from '@stopcovid/kafka';
import type { DrillRun, PhoneSchedule, TraineeProgress } from '@stopcovid/progress-tracker';
import { textsFor } from '@stopcovid/sms-copy';
import { messageIds } from '@stopcovid/sms-sender';

/** The header of a record that a recipe spoilt on purpose; its value says how. */
export const poisonHeader = 'fault-poison';

/** All that topics, stores and the carrier hold after a run, and what the trainees were promised. */
export type Leftovers = Omit<History, 'poison' | 'textsOf'> & {
  /** Phones that a recipe made up: their records are meant to be wrong. */
  readonly madeUp: ReadonlySet<string>;
  readonly authToken: string;
};

const copy = { carrierAnswers: new Set<string>(), emojis: false };

/** The texts that sms-sender makes of a batch, with its ids. */
export const textsOf =
  (authToken: string) =>
  (batch: EventBatch): readonly ExpectedText[] =>
    textsFor(batch, copy)
      .map((text, index) => ({ text, messageId: messageIds(authToken)(batch, index) }))
      .filter(({ text }) => text.body.trim() !== '' || text.media !== undefined)
      .map(({ text, messageId }) => ({ messageId, isConsent: text.kind === 'consent' }));

const placeOf = ({ topic, partition, offset }: LogRecord): string => `${topic}/${partition}/${offset}`;

/** Whatever stands on the command topic is durable and owes an effect, whether or not its webhook was told so. */
const durable = (records: readonly LogRecord[]): readonly DialogCommand[] =>
  records.flatMap((record) => {
    const read = decodeKeyed<DialogCommand>(record, decodeCommand);
    return read.ok ? [read.value] : [];
  });

const unique = (commands: readonly DialogCommand[]): readonly DialogCommand[] => [
  ...new Map(commands.map((command) => [command.commandId, command])).values(),
];

/** The history that the invariants are asked about. */
export const historyOf = (left: Leftovers): History => {
  const isReal = ({ phone }: { readonly phone: string }): boolean => !left.madeUp.has(phone);
  const isRealKey = ({ key }: LogRecord): boolean => key === null || !left.madeUp.has(key);
  const commands = left.commands.filter(isRealKey);
  return {
    accepted: unique([...left.accepted, ...durable(commands)]),
    listed: left.listed,
    commands,
    events: left.events.filter(isRealKey),
    smsLog: left.smsLog.filter(isRealKey),
    deadLetters: left.deadLetters,
    poison: new Set(commands.filter(({ headers }) => poisonHeader in headers).map(placeOf)),
    dialogs: left.dialogs.filter((dialog: Dialog) => isReal(dialog)),
    held: left.held,
    trainees: left.trainees.filter((trainee: TraineeProgress) => isReal(trainee)),
    runs: left.runs.filter((run: DrillRun) => isReal(run)),
    carrier: left.carrier.filter(({ to }: CarrierMessage) => !left.madeUp.has(to)),
    slowness: left.slowness,
    scheduled: left.scheduled && {
      ...left.scheduled,
      schedules: left.scheduled.schedules.filter((schedule: PhoneSchedule) => isReal(schedule)),
    },
    forged: left.forged,
    textsOf: textsOf(left.authToken),
  };
};

/** The trainees' own order: what a phone sent after the answer to its last text stands behind that on the topic. */
export const inOrderOfAcceptance = ({ accepted, commands }: Leftovers): readonly Violation[] => {
  const places = new Map<string, number>();
  for (const [index, { commandId }] of durable(commands).entries())
    if (!places.has(commandId)) places.set(commandId, index);
  const last = new Map<Phone, number>();
  return accepted.flatMap(({ phone, commandId }): readonly Violation[] => {
    const place = places.get(commandId) ?? -1;
    const overtaken = place < (last.get(phone) ?? -1);
    if (!overtaken) last.set(phone, place);
    if (place === -1)
      return [
        { invariant: 'I1', phone, detail: `${commandId} was answered 2xx and is not on the command topic` },
      ];
    return overtaken ? [{ invariant: 'I4', phone, detail: `${commandId} was overtaken on its topic` }] : [];
  });
};
