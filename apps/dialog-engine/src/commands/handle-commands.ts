import { topics, type DialogCommand, type Phone } from '@stopcovid/contracts';
import { retry, type BatchContext, type LogRecord, type Outcome, type Publisher } from '@stopcovid/kafka';
import type { DialogStore, StoredDialog } from '../dialogs/dialog-store';
import { decidePhone, type Handled, type PhonePlan, type Turn } from './decide-phone';
import { fetchRevisions, gatherFacts, type FactSources } from './gather-facts';
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
  readonly publisher: Publisher;
  readonly report: (report: BatchReport) => void;
};

type Queues = ReadonlyMap<Phone, readonly Turn[]>;
type Settled = { readonly plans: readonly PhonePlan[]; readonly unsettled: Queues };

const attempts = 5;

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
  records.flatMap(({ partition, offset }, index) => {
    const command = read[index];
    return command?.ok ? [{ index, command: command.command, position: { partition, offset } }] : [];
  });

const resultOf = (read: ReadCommand, handled: Handled | undefined, index: number): Handled =>
  read.ok
    ? (handled ?? { index, outcome: retry('NOT_DECIDED'), events: [], repeated: false })
    : { index, outcome: read.outcome, events: [], repeated: false };

type Results = ReadonlyMap<number, Handled>;

const handleReadable = async (
  parts: CommandParts,
  turns: readonly Turn[],
  context: CommandContext,
): Promise<Results> => {
  try {
    const settled = await decideAndCommit(parts, queuesOf(turns), context);
    await publish(parts.publisher, settled.plans);
    return resultsOf(settled);
  } catch (error) {
    if (isOurMistake(error)) throw error;
    const outcome = retry(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    return new Map(turns.map(({ index }) => [index, { index, outcome, events: [], repeated: false, error }]));
  }
};

/** These mean a bug, which waiting does not heal; anything else is the store or Kafka being away. */
const isOurMistake = (error: unknown): boolean =>
  [TypeError, RangeError, ReferenceError, SyntaxError].some((mistake) => error instanceof mistake);

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
  const plans: PhonePlan[] = [];
  let unsettled = queues;
  for (let attempt = 0; attempt < attempts && unsettled.size > 0 && context.isCurrent(); attempt += 1) {
    const planned = await planAll(parts, unsettled, context);
    const conflicts = await commit(parts.store, planned);
    plans.push(...planned.filter(({ phone }) => !conflicts.has(phone)));
    unsettled = new Map([...unsettled].filter(([phone]) => conflicts.has(phone)));
  }
  return { plans, unsettled };
};

const planAll = async (
  parts: CommandParts,
  queues: Queues,
  context: CommandContext,
): Promise<readonly PhonePlan[]> => {
  const dialogs = await parts.store.load([...queues.keys()]);
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

const publish = async (publisher: Publisher, plans: readonly PhonePlan[]): Promise<void> => {
  const batches = plans.flatMap(({ phone, publications }) =>
    publications.map(({ batch }) => ({ key: phone, value: batch })),
  );
  if (batches.length > 0) await publisher.publish(topics.dialogEvents, batches);
};

const resultsOf = ({ plans, unsettled }: Settled): Results => {
  const outcome = retry(
    'CONFLICT: another owner of this partition has taken over, or writes the same dialogs',
  );
  const waiting = [...unsettled.values()].flat();
  return new Map(
    [
      ...plans.flatMap(({ handled }) => handled),
      ...waiting.map(({ index }): Handled => ({ index, outcome, events: [], repeated: false })),
    ].map((handled) => [handled.index, handled]),
  );
};
