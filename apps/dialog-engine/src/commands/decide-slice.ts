import { topics, type Phone } from '@stopcovid/contracts';
import { optsOut } from '@stopcovid/dialog-core';
import type { BatchContext, Publisher } from '@stopcovid/kafka';
import type { TracePlace } from '@stopcovid/runtime';
import type { DialogStore, HowToLoad, StoredDialog } from '../dialogs/dialog-store';
import type { HeldCommands } from '../held/held-commands';
import type { Patience } from '../registration/registration';
import { apart, noticing, type Deciding } from './apart';
import {
  decidePhone,
  type GatherFacts,
  type Handled,
  type OptsOut,
  type PhonePlan,
  type Queues,
} from './decide-phone';
import { fetchRevisions, gatherFacts, type FactSources } from './gather-facts';
import { keepBack, returned, returnTopic, settledHeld, withHeld, type WithHeld } from './hold';
import type { Progress } from './outbox';

/** What of the batch's surroundings the handling of commands depends on. */
export type CommandContext = Pick<BatchContext, 'topic' | 'partition' | 'committedOffset' | 'isCurrent'>;

/** Where a slice stands, how long it waits for answers from outside, and how its dialogs are read. */
export type Around = {
  readonly context: CommandContext;
  readonly patience: Patience;
  readonly how: HowToLoad;
};

/** What a slice is decided with. */
export type SliceParts = FactSources & {
  readonly store: DialogStore;
  readonly held: HeldCommands;
  readonly publisher: Publisher;
};

/** What became of a slice's commands, and the phones whose documents somebody else wrote first, or may have written. */
export type Decided = { readonly handled: readonly Handled[]; readonly conflicts: ReadonlySet<Phone> };

type Dialogs = ReadonlyMap<Phone, StoredDialog>;

/**
 * Load, gather, decide, commit, keep what waits, publish: one slice of commands, each phone's in their order. Phones
 * that need an answer from outside are settled after the others, which do not wait for it. What is published is
 * durable, and what was decided is recognised when it comes again. Throws when the store or Kafka is away.
 */
export const decideSlice = async (parts: SliceParts, present: Queues, around: Around): Promise<Decided> => {
  const dialogs = await parts.store.load([...present.keys()], around.how);
  const { queues, blocked } = await withHeld(parts.held, dialogs, present);
  await fetchMany(parts, dialogs, queues);
  const { prompt, later } = await apart(decideAll(parts, { dialogs, queues, blocked }, around));
  const first = await settle(parts, prompt, { queues, how: around.how });
  const second = await settle(parts, await later, { queues, how: around.how });
  return {
    handled: [...first.handled, ...second.handled],
    conflicts: new Set([...first.conflicts, ...second.conflicts]),
  };
};

type Loaded = WithHeld & { readonly dialogs: Dialogs };

/** Begins to decide all phones at once. */
const decideAll = (
  parts: SliceParts,
  { dialogs, queues, blocked }: Loaded,
  around: Around,
): readonly Deciding<PhonePlan>[] => {
  const progress = progressOf(around.context);
  const { keywords } = parts.catalogue.current();
  const optsOutBy: OptsOut = (command) => optsOut(command, keywords);
  return [...queues].map((queue) => {
    const { patience, asked } = noticing(around.patience);
    const gather: GatherFacts = (state, command) => gatherFacts(parts, { state, command, patience });
    return {
      asked,
      plan: decidePhone(dialogs.get(queue[0]), queue, {
        gather,
        progress,
        optsOut: optsOutBy,
        blocked: blocked.get(queue[0]),
      }),
    };
  });
};

type Settling = { readonly queues: Queues; readonly how: HowToLoad };

/** Commit, keep what waits, publish: in this order. */
const settle = async (
  parts: SliceParts,
  plans: readonly PhonePlan[],
  { queues, how }: Settling,
): Promise<Decided> => {
  const unsure = how === 'afresh' ? [] : plans.filter((plan) => !writes(plan)).map(({ phone }) => phone);
  const conflicts = new Set([...unsure, ...(await commit(parts, plans))]);
  const won = plans.filter(({ phone }) => !conflicts.has(phone));
  await keepBack(parts, won);
  await publish(parts, won, queues);
  return { handled: won.flatMap(({ handled }) => handled), conflicts };
};

const progressOf = (context: CommandContext): Progress => ({
  partition: context.partition,
  committed: context.committedOffset(),
});

/** Fetches at once what many will need; what only one command needs is fetched when it is decided. */
const fetchMany = (parts: SliceParts, dialogs: Dialogs, queues: Queues): Promise<void> => {
  const states = [...dialogs.values()].flatMap((stored) =>
    stored.kind === 'readable' ? [stored.dialog.state] : [],
  );
  const commands = [...queues.values()]
    .flat()
    .flatMap(({ read }) => (read.kind === 'command' ? read.command : []));
  return fetchRevisions(parts, states, commands);
};

/** Only a write finds out that its dialog was remembered from before somebody else's. */
const writes = ({ expected, dialog }: PhonePlan): boolean => dialog.version > expected;

/** Writes what was decided. Answers the phones that must be decided again. */
const commit = async ({ store }: SliceParts, plans: readonly PhonePlan[]): Promise<ReadonlySet<Phone>> => {
  const changes = plans.filter(writes);
  return changes.length > 0 ? store.commit(changes) : new Set();
};

/** The batch that a command led to, on its way: read by the engine, then told. */
const eventsOf = (command: string): TracePlace => ({ command, steps: ['dialog-engine', 'events'] });

/** Batches first; only then may the commands that led to them be forgotten where they were held. */
const publish = async (
  { publisher, held }: SliceParts,
  plans: readonly PhonePlan[],
  queues: Queues,
): Promise<void> => {
  const batches = plans.flatMap(({ phone, publications }) =>
    publications.map(({ batch, commandId }) => ({ key: phone, value: batch, trace: eventsOf(commandId) })),
  );
  if (batches.length > 0) await publisher.publish(topics.dialogEvents, batches);
  const back = returned(plans, queues);
  if (back.length > 0) await publisher.publish(returnTopic, back);
  const settled = settledHeld(plans, queues);
  if (settled.length > 0) await held.drop(settled);
};
