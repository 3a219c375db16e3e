import {
  PublishFailed,
  readTopic,
  topicOffsets,
  type DeadLetter,
  type KafkaConnection,
  type KafkaPublisher,
  type LogRecord,
} from '@stopcovid/kafka';
import { mayDo, untilInterrupted } from './ask';
import {
  countsSaid,
  inOrderOfTime,
  isMeant,
  jsonOfRow,
  letterId,
  rowOf,
  tableOfRows,
  type DeadLetterRow,
  type Selection,
} from './dead-letter-row';
import { exitCodes, type ExitCode } from './exit';
import { progressLine } from './progress-line';
import type { Redriven } from './redriven';
import type { Terminal } from './terminal';
import { originOf } from './typed';

export type RedriveParts = {
  readonly kafka: KafkaConnection;
  readonly publisher: Pick<KafkaPublisher, 'publishDeadLetters'>;
  readonly redriven: Redriven;
  readonly terminal: Terminal;
};

export type RedriveOptions = {
  /** The topic of the dead letters. */
  readonly topic: string;
  readonly selection: Selection;
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly includeDone: boolean;
  readonly full: boolean;
  readonly json: boolean;
};

/** What is to be sent back; the letters are in the order in which they stand in their partitions. */
export type RedrivePlan = {
  readonly rows: readonly DeadLetterRow[];
  readonly done: ReadonlySet<string>;
  /** Meant, but sent back before. */
  readonly left: number;
};

/** Of the letters that are meant, those to send back. */
export const planRedrive = (
  rows: readonly DeadLetterRow[],
  done: ReadonlySet<string>,
  includeDone: boolean,
): RedrivePlan => {
  const chosen = includeDone ? rows : rows.filter((row) => !done.has(letterId(row)));
  return { rows: chosen, done, left: rows.length - chosen.length };
};

/** The record as it was, to where it came from; its story stays in its headers, so that attempts are counted on. */
export const toOrigin = (record: LogRecord): DeadLetter => {
  const { origin } = rowOf(record);
  return {
    topic: origin.topic,
    key: record.key,
    value: record.value,
    headers: record.headers,
    ...(origin.partition === undefined ? {} : { partition: origin.partition }),
  };
};

/** All dead letters of a topic that are meant. */
export const lettersMeant = async (
  kafka: KafkaConnection,
  request: { readonly topic: string; readonly selection: Selection },
): Promise<readonly DeadLetterRow[]> => {
  const { topic, selection } = request;
  const rows: DeadLetterRow[] = [];
  const { partition, from } = selection;
  await readTopic(
    kafka,
    {
      topic,
      ...(partition === undefined ? {} : { partitions: [partition] }),
      from: () => (from?.kind === 'offset' ? String(from.offset) : undefined),
    },
    (records) => void rows.push(...records.map(rowOf).filter((row) => isMeant(row, selection))),
  );
  return rows;
};

const tell = ({ rows, left, done }: RedrivePlan, options: RedriveOptions, terminal: Terminal): void => {
  const print = { now: Date.now(), full: options.full, done };
  const sorted = inOrderOfTime(rows);
  if (options.json) for (const row of sorted) terminal.out(jsonOfRow(row, print));
  else if (rows.length > 0) for (const line of tableOfRows(sorted, print)) terminal.out(line);
  const origin = originOf(options.topic);
  terminal.err(`${countsSaid(rows)} of ${options.topic} would go back to ${origin}`);
  if (left > 0) terminal.err(`${left} more went back before and stay; --include-done sends them again`);
};

/** The offsets at which each partition's letters begin, so that what stands before is not read again. */
const beginnings = (rows: readonly DeadLetterRow[]): ReadonlyMap<number, string> => {
  const first = new Map<number, string>();
  for (const { partition, offset } of rows) {
    const known = first.get(partition);
    if (known === undefined || BigInt(offset) < BigInt(known)) first.set(partition, offset);
  }
  return first;
};

const isTooLarge = (error: unknown): boolean =>
  error instanceof PublishFailed &&
  error.cause instanceof Error &&
  'type' in error.cause &&
  error.cause.type === 'MESSAGE_TOO_LARGE';

/** Publishes all that the brokers take; gives back those that have grown too large by the story in their headers. */
const publish = async (
  publisher: RedriveParts['publisher'],
  records: readonly LogRecord[],
): Promise<readonly LogRecord[]> => {
  try {
    await publisher.publishDeadLetters(records.map(toOrigin));
    return [];
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    if (records.length === 1) return records;
  }
  const tooLarge: LogRecord[] = [];
  for (const record of records) tooLarge.push(...(await publish(publisher, [record])));
  return tooLarge;
};

type Sent = { readonly sent: number; readonly tooLarge: readonly LogRecord[] };

const sendBack = async (
  { rows }: RedrivePlan,
  topic: string,
  { kafka, publisher, redriven, terminal }: RedriveParts,
): Promise<Sent> => {
  const wanted = new Set(rows.map(letterId));
  const from = beginnings(rows);
  const show = progressLine('letters', terminal);
  const tooLarge: LogRecord[] = [];
  let sent = 0;
  const visit = async (records: readonly LogRecord[]): Promise<void> => {
    const chosen = records.filter((record) => wanted.has(letterId(rowOf(record))));
    if (chosen.length === 0) return;
    const left = await publish(publisher, chosen);
    tooLarge.push(...left);
    const gone = chosen.filter((record) => !left.includes(record));
    await redriven.remember(gone.map((record) => letterId(rowOf(record))));
    sent += gone.length;
    show(sent, rows.length);
  };
  try {
    await untilInterrupted((signal) =>
      readTopic(kafka, { topic, partitions: [...from.keys()], from: (p) => from.get(p), signal }, visit),
    );
  } catch (error) {
    terminal.err(`${sent} of ${rows.length} letters went back; the others stay where they are`);
    throw error;
  }
  return { sent, tooLarge };
};

const tellOutcome = (
  { sent, tooLarge }: Sent,
  { rows }: RedrivePlan,
  { topic, terminal }: { readonly topic: string; readonly terminal: Terminal },
): ExitCode => {
  terminal.err(`${sent} went back to ${originOf(topic)}`);
  for (const { partition, offset } of tooLarge)
    terminal.err(`${topic} ${partition} ${offset} is too large for ${originOf(topic)} and stays`);
  const gone = rows.length - sent - tooLarge.length;
  if (gone > 0) terminal.err(`${gone} were gone by then: their topic keeps dead letters for a time only`);
  return sent === rows.length ? exitCodes.ok : exitCodes.problems;
};

/** Sends dead letters back to where they came from, once each unless told otherwise. */
export const redrive = async (parts: RedriveParts, options: RedriveOptions): Promise<ExitCode> => {
  const { kafka, redriven, terminal } = parts;
  /* Nothing is asked and nothing begun when there is no topic to go back to. */
  await topicOffsets(kafka, originOf(options.topic));
  const meant = await lettersMeant(kafka, options);
  const plan = planRedrive(meant, await redriven.known(meant.map(letterId)), options.includeDone);
  tell(plan, options, terminal);
  if (plan.rows.length === 0 || options.dryRun) return exitCodes.ok;
  const question = `Send ${plan.rows.length} back to ${originOf(options.topic)}?`;
  if (!(await mayDo(question, options.yes, terminal))) return exitCodes.problems;
  return tellOutcome(await sendBack(plan, options.topic, parts), plan, { topic: options.topic, terminal });
};
