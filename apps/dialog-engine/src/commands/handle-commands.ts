import { topics, type DialogCommand, type Phone } from '@stopcovid/contracts';
import {
  PublishFailed,
  retry,
  type BatchContext,
  type LogRecord,
  type Outcome,
  type Publisher,
} from '@stopcovid/kafka';
import { isMongoOutage } from '@stopcovid/mongo';
import type { DialogStore, HoldId, StoredDialog } from '../dialogs/dialog-store';
import type { HeldCommands } from '../held/held-commands';
import { decidePhone, type Handled, type PhonePlan, type Queues, type Turn } from './decide-phone';
import { fetchRevisions, gatherFacts, type FactSources } from './gather-facts';
import { keepBack, returned, returnTopic, settledHolds, withHeld } from './hold';
import type { BatchReport } from './report-batch';
import { readCommand, type ReadCommand } from './read-command';

/** Takes a slice of one partition's records; answers one outcome per record, in their order. */
export type HandleCommands = (
  records: readonly LogRecord[],
  context: CommandContext,
) => Promise<readonly Outcome[]>;

/** What of the batch's surroundings the handling of commands depends on. */
export type CommandContext = Pick<BatchContext, 'topic' | 'partition' | 'committedOffset' | 'isCurrent'>;

/** What commands are handled with. */
export type CommandParts = FactSources & {
  readonly store: DialogStore;
  readonly held: HeldCommands;
  readonly publisher: Publisher;
  readonly report: (report: BatchReport) => void;
};

/** What one attempt made of the commands: its plans, the queues they answer, and the marks that can be taken off. */
type Attempt = {
  readonly plans: readonly PhonePlan[];
  readonly queues: Queues;
  readonly holds: readonly HoldId[];
};
type Settled = { readonly attempts: readonly Attempt[]; readonly unsettled: Queues };

const mostAttempts = 5;

/**
 * Decides, commits, publishes, in this order: what is published is durable, what was decided is recognised when it
 * comes again. An outage of the store or of Kafka is a retry of all; nothing has been lost or will be doubled.
 */
export const handleCommands =
  (parts: CommandParts): HandleCommands =>
  async (records, context) => {
    const startedAt = performance.now();
    const read = records.map(readCommand);
    const handled = await handleReadable(parts, turnsOf(records, read), context);
    const results = read.map((entry, index) => resultOf(entry, handled.get(index), index));
    parts.report({ records, commands: read.map(commandOf), results, ms: performance.now() - startedAt });
    return results.map(({ outcome }) => outcome);
  };

const commandOf = (read: ReadCommand): DialogCommand | undefined => (read.ok ? read.command : undefined);

const turnsOf = (records: readonly LogRecord[], read: readonly ReadCommand[]): readonly Turn[] =>
  records.flatMap(({ partition, offset, value }, index) => {
    const command = read[index];
    if (!command?.ok) return [];
    return [{ index, command: command.command, position: { partition, offset }, wire: value ?? '' }];
  });

const resultOf = (read: ReadCommand, handled: Handled | undefined, index: number): Handled =>
  read.ok
    ? (handled ?? { index, outcome: retry('NOT_DECIDED'), events: [] })
    : { index, outcome: read.outcome, events: [] };

type Results = ReadonlyMap<number | undefined, Handled>;

const handleReadable = async (
  parts: CommandParts,
  turns: readonly Turn[],
  context: CommandContext,
): Promise<Results> => {
  try {
    const settled = await decideAndCommit(parts, queuesOf(turns), context);
    await publish(parts, settled);
    return resultsOf(settled);
  } catch (error) {
    if (!(error instanceof PublishFailed || isMongoOutage(error))) throw error;
    const outcome = retry(`${error.name}: ${error.message}`);
    return new Map(turns.map(({ index }) => [index, { index, outcome, events: [], error }]));
  }
};

const queuesOf = (turns: readonly Turn[]): Queues => {
  const queues = new Map<Phone, Turn[]>();
  for (const turn of turns) {
    const queue = queues.get(turn.command.phone);
    if (queue === undefined) queues.set(turn.command.phone, [turn]);
    else queue.push(turn);
  }
  return queues;
};

/** A phone whose document somebody else wrote first is read and decided again, while the partition is still ours. */
const decideAndCommit = async (
  parts: CommandParts,
  queues: Queues,
  context: CommandContext,
): Promise<Settled> => {
  const attempts: Attempt[] = [];
  let unsettled = queues;
  while (attempts.length < mostAttempts && unsettled.size > 0 && context.isCurrent()) {
    const { attempt, conflicts } = await attemptAll(parts, unsettled, context);
    attempts.push(attempt);
    unsettled = new Map([...unsettled].filter(([phone]) => conflicts.has(phone)));
  }
  return { attempts, unsettled };
};

const attemptAll = async (
  parts: CommandParts,
  present: Queues,
  context: CommandContext,
): Promise<{ readonly attempt: Attempt; readonly conflicts: ReadonlySet<Phone> }> => {
  const dialogs = await parts.store.load([...present.keys()]);
  const queues = await withHeld(parts.held, dialogs, present);
  const planned = await planAll(parts, { dialogs, queues }, context);
  const lost = await commit(parts.store, planned);
  const gone = await keepBack(parts, planned, queues);
  const conflicts = new Set([...lost, ...gone]);
  const plans = planned.filter(({ phone }) => !conflicts.has(phone));
  return { attempt: { plans, queues, holds: settledHolds(dialogs, plans) }, conflicts };
};

type Work = { readonly dialogs: ReadonlyMap<Phone, StoredDialog>; readonly queues: Queues };

const planAll = async (
  parts: CommandParts,
  { dialogs, queues }: Work,
  context: CommandContext,
): Promise<readonly PhonePlan[]> => {
  await fetchRevisions(
    parts,
    statesOf(dialogs),
    [...queues.values()].flat().map(({ command }) => command),
  );
  const progress = { partition: context.partition, committed: context.committedOffset() };
  const gather = gatherFacts.bind(undefined, parts);
  return Promise.all(
    [...queues].map((queue) => decidePhone(dialogs.get(queue[0]), queue, { gather, progress })),
  );
};

const statesOf = (dialogs: ReadonlyMap<Phone, StoredDialog>) =>
  [...dialogs.values()].flatMap((stored) => (stored.kind === 'readable' ? [stored.dialog.state] : []));

const commit = async (store: DialogStore, plans: readonly PhonePlan[]): Promise<ReadonlySet<Phone>> => {
  const changes = plans.filter(({ expected, dialog }) => dialog.version > expected);
  return changes.length > 0 ? store.commit(changes) : new Set();
};

/** Batches first; only then may the commands that led to them be forgotten where they were held. */
const publish = async ({ publisher, held }: CommandParts, { attempts }: Settled): Promise<void> => {
  const batches = attempts.flatMap(({ plans }) =>
    plans.flatMap(({ phone, publications }) =>
      publications.map(({ batch }) => ({ key: phone, value: batch })),
    ),
  );
  if (batches.length > 0) await publisher.publish(topics.dialogEvents, batches);
  const back = attempts.flatMap(({ plans, queues }) => returned(plans, queues));
  if (back.length > 0) await publisher.publish(returnTopic, back);
  const holds = attempts.flatMap((attempt) => attempt.holds);
  if (holds.length > 0) await held.drop(holds);
};

const resultsOf = ({ attempts, unsettled }: Settled): Results => {
  const outcome = retry(
    'CONFLICT: another owner of this partition has taken over, or writes the same dialogs',
  );
  const waiting = [...unsettled.values()].flat();
  return new Map(
    [
      ...attempts.flatMap(({ plans }) => plans).flatMap(({ handled }) => handled),
      ...waiting.map(({ index }): Handled => ({ index, outcome, events: [] })),
    ].map((handled) => [handled.index, handled]),
  );
};
