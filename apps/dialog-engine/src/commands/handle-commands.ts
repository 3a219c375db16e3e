import type { DialogCommand, Phone } from '@stopcovid/contracts';
import { deadLetter, PublishFailed, retry, type LogRecord, type Outcome } from '@stopcovid/kafka';
import { isMongoOutage } from '@stopcovid/mongo';
import { notDecided } from './failure-codes';
import type { Handled, Queues, Turn } from './decide-phone';
import { decideSlice, type CommandContext, type SliceParts } from './decide-slice';
import { patienceOf } from '../registration/registration';
import type { BatchReport } from './report-batch';
import { readCommand, type ReadCommand } from './read-command';

/** Takes a slice of one partition's records; answers one outcome per record, in their order. */
export type HandleCommands = (
  records: readonly LogRecord[],
  context: CommandContext,
) => Promise<readonly Outcome[]>;

/** What commands are handled with. */
export type CommandParts = SliceParts & { readonly report: (report: BatchReport) => void };

const mostAttempts = 5;

/** Reads records, has their commands decided, and says of each record what became of it. */
export const handleCommands =
  (parts: CommandParts): HandleCommands =>
  async (records, context) => {
    const startedAt = performance.now();
    const read = records.map(readCommand);
    const turns = turnsOf(records, read);
    const handled = await retryInOutage(turns, () => untilSettled(parts, queuesOf(turns), context));
    const byIndex = new Map(handled.map((one) => [one.index, one]));
    const results = read.map((entry, index) => resultOf(entry, byIndex.get(index), index));
    parts.report({ records, commands: read.map(commandOf), results, ms: performance.now() - startedAt });
    return results.map(({ outcome }) => outcome);
  };

const commandOf = (read: ReadCommand): DialogCommand | undefined =>
  read.kind === 'command' ? read.command : undefined;

const turnsOf = (records: readonly LogRecord[], reads: readonly ReadCommand[]): readonly Turn[] =>
  records.flatMap(({ partition, offset, value }, index) => {
    const read = reads[index];
    if (read === undefined || read.kind === 'poison') return [];
    return [{ index, phone: read.phone, read, position: { partition, offset }, wire: value ?? '' }];
  });

const queuesOf = (turns: readonly Turn[]): Queues => {
  const queues = new Map<Phone, Turn[]>();
  for (const turn of turns) {
    const queue = queues.get(turn.phone);
    if (queue === undefined) queues.set(turn.phone, [turn]);
    else queue.push(turn);
  }
  return queues;
};

const resultOf = (read: ReadCommand, handled: Handled | undefined, index: number): Handled =>
  read.kind === 'poison'
    ? { index, outcome: deadLetter(read.code, read.reason), events: [] }
    : (handled ?? { index, outcome: retry(notDecided), events: [] });

type Decide = () => Promise<readonly Handled[]>;

/** An outage of the store or of Kafka is a retry of all; nothing has been lost or will be doubled. */
const retryInOutage = async (turns: readonly Turn[], decide: Decide): Promise<readonly Handled[]> => {
  try {
    return await decide();
  } catch (error) {
    if (!(error instanceof PublishFailed || isMongoOutage(error))) throw error;
    const outcome = retry(`${error.name}: ${error.message}`);
    return turns.map(({ index }) => ({ index, outcome, events: [], error }));
  }
};

/**
 * A phone whose document somebody else wrote first is read and decided again, while the partition is still ours. So is
 * one for which there was nothing to write: what was decided elsewhere and not told of yet may stand where its commands
 * do, and a memory does not have it.
 */
const untilSettled = async (
  parts: SliceParts,
  queues: Queues,
  context: CommandContext,
): Promise<readonly Handled[]> => {
  const settled: Handled[] = [];
  const patience = patienceOf(() => performance.now());
  let unsettled = queues;
  for (let attempt = 1; attempt <= mostAttempts && unsettled.size > 0; attempt += 1) {
    if (!context.isCurrent()) break;
    const how = attempt === 1 ? 'from memory' : 'afresh';
    const { handled, conflicts } = await decideSlice(parts, unsettled, { context, patience, how });
    settled.push(...handled);
    unsettled = new Map([...unsettled].filter(([phone]) => conflicts.has(phone)));
  }
  return [...settled, ...[...unsettled.values()].flat().map(overtaken)];
};

const overtaken = ({ index }: Turn): Handled => ({
  index,
  outcome: retry('CONFLICT: another owner of this partition has taken over, or writes the same dialogs'),
  events: [],
});
