import type { EventBatch, SmsLogRecord } from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import { readTraceparent, traceHeader, traceIdOf } from '@stopcovid/runtime';
import type { OutboxItem } from '@stopcovid/sms-sender';
import type { PhoneRecords, Placed } from './trace-records';

/** What the stores say of a phone, as far as a story is told by it. */
export type Reached = {
  /** The texts in the sender's outbox: those that wait, and those sent within the hour. */
  readonly items: readonly OutboxItem[];
  /** The last batch that each has taken in; undefined where it never heard of the phone. */
  readonly versions: Readonly<
    Record<'dialog-engine' | 'sms-sender' | 'progress-tracker', number | undefined>
  >;
};

/** Something that happened, in milliseconds since 1970; what has no time of its own comes last. */
export type Step = { readonly at?: number; readonly says: string };

type Sent = Extract<SmsLogRecord, { type: 'SmsSent' }>;

const placeOf = ({ topic, partition, offset }: LogRecord): string => `${topic} ${partition} ${offset}`;

/** The batch that had been told last when the text was handed over. */
const batchBefore = (batches: PhoneRecords['batches'], at: string): EventBatch | undefined =>
  batches.findLast(({ content }) => content.at <= at)?.content;

/**
 * Which command led to a text: by the outbox while it is there, by its trace where it has one, else by time, as the
 * last batch before it.
 */
const commandBehind = (
  { record, content }: Placed<Sent>,
  { batches }: PhoneRecords,
  { items }: Reached,
): { readonly commandId: string; readonly byTime: boolean } | undefined => {
  const kept = items.find(({ id }) => id === content.messageId)?.commandId;
  if (kept !== undefined) return { commandId: kept, byTime: false };
  const trace = readTraceparent(record.headers[traceHeader])?.traceId;
  const traced = trace && batches.find((batch) => traceIdOf(batch.content.commandId) === trace);
  if (traced) return { commandId: traced.content.commandId, byTime: false };
  const before = batchBefore(batches, content.at);
  return before && { commandId: before.commandId, byTime: true };
};

const sentIn = ({ log }: PhoneRecords): readonly Placed<Sent>[] =>
  log.flatMap(({ record, content }) => (content.type === 'SmsSent' ? [{ record, content }] : []));

/** The command whose story an id asks for: it may name the command, a text of ours, or one of the carrier's. */
export const commandNamed = (id: string, records: PhoneRecords, reached: Reached): string | undefined => {
  const names = [...records.commands, ...records.batches].map(({ content }) => content.commandId);
  if (names.some((name) => name === id)) return id;
  const waiting = reached.items.find((item) => item.id === id)?.commandId;
  if (waiting !== undefined) return waiting;
  const status = records.log.find(({ content }) => 'sid' in content && content.sid === id)?.content;
  const ours = status && 'messageId' in status ? status.messageId : undefined;
  const text = sentIn(records).find(({ content }) => [id, ours].includes(content.messageId));
  return text && commandBehind(text, records, reached)?.commandId;
};

const arrivedSteps = ({ log, commands, batches }: PhoneRecords, commandId: string): readonly Step[] => [
  ...log.flatMap(({ record, content }) =>
    content.type === 'SmsReceived' && content.sid === commandId
      ? [{ at: record.timestamp, says: `arrived as ${content.sid} (${placeOf(record)})` }]
      : [],
  ),
  ...commands.flatMap(({ record, content }) =>
    content.commandId === commandId
      ? [{ at: record.timestamp, says: `command ${content.type} (${placeOf(record)})` }]
      : [],
  ),
  ...batches.flatMap(({ record, content }) =>
    content.commandId === commandId
      ? [{ at: record.timestamp, says: `decided: batch ${content.version} (${placeOf(record)})` }]
      : [],
  ),
];

const eventSteps = ({ batches }: PhoneRecords, commandId: string): readonly Step[] =>
  batches
    .filter(({ content }) => content.commandId === commandId)
    .slice(0, 1)
    .flatMap(({ record, content: { events } }) =>
      events.length === 0
        ? [{ at: record.timestamp, says: '  no events' }]
        : events.map(({ type }) => ({ at: record.timestamp, says: `  event ${type}` })),
    );

const becameOf = ({ sid, error }: Sent): string =>
  error ? `refused: ${error.code} ${error.message}` : `taken as ${sid ?? 'nothing'}`;

const textSteps = (commandId: string, records: PhoneRecords, reached: Reached): readonly Step[] =>
  sentIn(records).flatMap((text) => {
    const behind = commandBehind(text, records, reached);
    if (behind?.commandId !== commandId) return [];
    const { content } = text;
    const sent = `text ${content.messageId} ${becameOf(content)}${behind.byTime ? ' (its, by time)' : ''}`;
    return [{ at: Date.parse(content.at), says: sent }, ...statusSteps(records, content)];
  });

const statusSteps = ({ log }: PhoneRecords, { sid, messageId }: Sent): readonly Step[] =>
  log.flatMap(({ record, content }) =>
    content.type === 'SmsStatusChanged' && (content.sid === sid || content.messageId === messageId)
      ? [
          {
            at: record.timestamp,
            says: `text ${messageId} ${content.status}${content.errorCode ? ` ${content.errorCode}` : ''}`,
          },
        ]
      : [],
  );

const waitingSteps = (commandId: string, { items }: Reached): readonly Step[] =>
  items
    .filter((item) => item.commandId === commandId && item.delivery.status !== 'SENT')
    .map(({ id, delivery, attempts }) => ({
      says: `text ${id} is ${delivery.status} in the outbox, handed over ${attempts} times`,
    }));

const reachedSteps = (
  commandId: string,
  { batches }: PhoneRecords,
  { versions }: Reached,
): readonly Step[] => {
  const batch = batches.find(({ content }) => content.commandId === commandId)?.content;
  if (!batch) return [{ says: 'not decided yet, or longer ago than was read' }];
  return Object.entries(versions).map(([service, version = 0]) => ({
    says: `${service} has ${version >= batch.version ? 'it' : `not reached it: ${version} of ${batch.version}`}`,
  }));
};

/** All that is known of what one command led to, in the order of time. */
export const storyOf = (commandId: string, records: PhoneRecords, reached: Reached): readonly Step[] => {
  const timed = [
    ...arrivedSteps(records, commandId),
    ...eventSteps(records, commandId),
    ...textSteps(commandId, records, reached),
  ].toSorted((one, other) => (one.at ?? 0) - (other.at ?? 0));
  return [...timed, ...waitingSteps(commandId, reached), ...reachedSteps(commandId, records, reached)];
};

/** One line per step: when, how long after the one before, what. */
export const linesOf = (steps: readonly Step[]): readonly string[] =>
  steps.map(({ at, says }, index) => {
    if (at === undefined) return `${' '.repeat(24)} ${' '.repeat(12)} ${says}`;
    const before = steps[index - 1]?.at ?? at;
    return `${new Date(at).toISOString()} ${`+${at - before} ms`.padStart(12)} ${says}`;
  });
