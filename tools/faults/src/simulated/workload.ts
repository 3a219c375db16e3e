import {
  commandIdSchema,
  dialogCommandSchema,
  drillSlugSchema,
  encodeCommand,
  phoneSchema,
  timestampSchema,
  topics,
  type CommandId,
  type DialogCommand,
  type Phone,
} from '@stopcovid/contracts';
import { partitionOf, type InMemoryLog } from '@stopcovid/kafka';
import type { Chance } from './chance';

export const phones: readonly Phone[] = [1, 2, 3, 4].map((n) => phoneSchema.parse(`+1202555010${n}`));

const newcomers = (from: number, count: number): readonly Phone[] =>
  Array.from({ length: count }, (_, n) => phoneSchema.parse(`+1202555${from + n}`));

/** They text only in a run's trial of fairness: many who need what is slow, and some who do not. */
export const crowd = newcomers(2_100, 24);
export const bystanders = newcomers(2_200, 4);
/** Whoever may text in a run. */
export const everybody: readonly Phone[] = [...phones, ...crowd, ...bystanders];

const said = [
  'CLEAN1',
  'CLEAN1',
  'a',
  'b',
  'b',
  'warm water',
  'MORE',
  'STOP',
  'please stop texting me',
  'START',
  'HELP',
  'hello',
  'thanks',
];
/** What is said where drills come by themselves. */
const saidOfDays = [
  'PAUSE',
  'RESUME',
  ...said.filter((words) => words !== 'please stop texting me'),
  'CLEAN1',
];

/** By what chance something is written, and where. */
type Writing = { readonly chance: Chance; readonly livesDays: boolean };

const at = timestampSchema.parse('2026-03-01T12:00:00.000Z');

/**
 * A record that somebody writes to the commands' topic. `poison` ones can never be handled. Those that only a later
 * release can read have what that one takes them for.
 */
export type Written = {
  readonly key: string | null;
  readonly value: string | null;
  readonly poison: boolean;
  readonly known?: string;
};

type Envelope = Pick<DialogCommand, 'schemaVersion' | 'commandId' | 'phone' | 'at'>;

const saidBy = ({ chance, livesDays }: Writing, envelope: Envelope): DialogCommand => ({
  type: 'ReceiveSms',
  ...envelope,
  text: chance.pick(livesDays ? saidOfDays : said),
});

/* Who rules has read of the run elsewhere: the engine takes it as it is, whatever goes on. */
const rulingOf = (envelope: Envelope, number: number): DialogCommand =>
  dialogCommandSchema.parse({
    type: 'RegradeReply',
    ...envelope,
    runId: `ruled-${number}`,
    drill: 'knives',
    prompt: 'first',
    reply: 1,
    response: 'warm water',
    was: 'wrong',
    now: 'right',
    ruling: { group: 'knives:first', number },
  });

/* Whoever goes may come again: most who are asked for are there. */
const registersOrGoes = ({ chance }: Writing, envelope: Envelope): DialogCommand =>
  chance.below(4) === 0
    ? { type: 'EraseTrainee', ...envelope, by: 'desk' }
    : { type: 'ReceiveSms', ...envelope, text: 'CLEAN1' };

const commandFor = ({ chance, livesDays }: Writing, number: number): DialogCommand => {
  const phone = chance.pick(phones);
  const envelope = { schemaVersion: 1 as const, commandId: commandIdSchema.parse(`SM${number}`), phone, at };
  switch (chance.below(12)) {
    case 0:
      return { type: 'StartDrill', ...envelope, drill: drillSlugSchema.parse('knives'), reason: 'operator' };
    case 1:
      return { type: 'SendMessage', ...envelope, text: `Note ${number}` };
    case 2:
      return { type: 'UpdateTrainee', ...envelope, profile: { name: `Ann ${number}` } };
    case 3:
      return number % 3 === 0
        ? { type: 'OptOutTrainee', ...envelope, source: 'operator' }
        : registersOrGoes({ chance, livesDays }, envelope);
    case 4:
      return number % 2 === 0 ? rulingOf(envelope, number) : saidBy({ chance, livesDays }, envelope);
    default:
      return saidBy({ chance, livesDays }, envelope);
  }
};

const poisonFor = (by: Writing, number: number): Written => {
  const command = commandFor(by, number);
  const wire = encodeCommand(command);
  const spoilt = by.chance.pick<Omit<Written, 'poison'>>([
    { key: command.phone, value: wire.slice(0, -1) },
    { key: command.phone, value: null },
    { key: null, value: wire },
    { key: '+12025550199', value: wire },
    { key: command.phone, value: JSON.stringify({ ...command, schemaVersion: 0 }) },
    { key: command.phone, value: JSON.stringify({ ...command, type: 'dance' }) },
    { key: command.phone, value: JSON.stringify({ ...command, at: '9999-01-01T00:00:00Z' }) },
  ]);
  return { ...spoilt, poison: true };
};

const plainFor = (by: Writing, number: number): Written => {
  const command = commandFor(by, number);
  return { key: command.phone, value: encodeCommand(command), poison: false };
};

const futureFor = (by: Writing, number: number): Written => {
  const command = commandFor(by, number);
  const change = by.chance.pick<object>([{ schemaVersion: 2 }, { type: 'Dance' }]);
  return {
    key: command.phone,
    value: JSON.stringify({ ...command, ...change }),
    poison: false,
    known: encodeCommand(command),
  };
};

/** What is written in a run, in order: some commands come twice, a few records are poison or from a later release. */
export const workloadOf = (by: Writing, length: number): readonly Written[] => {
  const { chance } = by;
  const written: Written[] = [];
  for (let number = 1; number <= length; number += 1) {
    if (chance.next() < 0.05) {
      written.push(poisonFor(by, number));
      continue;
    }
    if (chance.next() < 0.04) written.push(futureFor(by, number));
    else written.push(plainFor(by, number));
    const earlier = written[chance.below(written.length)];
    if (chance.next() < 0.15 && earlier && !earlier.poison) written.push(earlier);
  }
  return written;
};

/** One more command for each phone: a hole, or a document that was mended, shows when something comes after it. */
export const lastWords = (why: string): readonly Written[] =>
  phones.map((phone, number) => ({
    key: phone,
    value: encodeCommand({
      type: 'SendMessage',
      schemaVersion: 1,
      commandId: commandIdSchema.parse(`${why} ${number}`),
      phone,
      at,
      text: 'That is all.',
    }),
    poison: false,
  }));

/** Under which command id a text is written. */
export const textIdOf = (text: string, number: number): CommandId =>
  commandIdSchema.parse(`${text} ${number}`);

/** A text of somebody. The number makes it another one than any of the same words. */
export const textOf = (phone: Phone, text: string, number: number): Written => ({
  key: phone,
  value: encodeCommand({
    type: 'ReceiveSms',
    schemaVersion: 1,
    commandId: textIdOf(text, number),
    phone,
    at,
    text,
  }),
  poison: false,
});

/** Somebody leaves. */
export const stopOf = (phone: Phone, number: number): Written => textOf(phone, 'STOP', number);

/** What somebody texts who leaves at the carrier and comes back before its word of that arrives. */
export const lateOptOut = (phone: Phone, number: number): readonly Written[] =>
  ['STOP', 'START'].map((text) => textOf(phone, text, number));

/** Writes a record as any producer would; answers where it stands. */
export const write = (log: InMemoryLog, { key, value }: Written): string => {
  const partition = key === null ? 0 : partitionOf(key, log.partitions);
  const { offset } = log.appendRaw({ topic: topics.dialogCommands, partition, key, value });
  return `${topics.dialogCommands}/${partition}/${offset}`;
};
