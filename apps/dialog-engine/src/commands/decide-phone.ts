import { encodeBatch, type DialogCommand, type EventType, type Phone } from '@stopcovid/contracts';
import { initialState, step, toBatch, type DialogState, type Facts } from '@stopcovid/dialog-core';
import { deadLetter, done, type Outcome } from '@stopcovid/kafka';
import type { Dialog, OutboxEntry, StoredDialog } from '../dialogs/dialog-store';
import type { Gathered } from './gather-facts';
import { adoptStrays, isPublished, isRemembered, settleOutbox, type Position, type Progress } from './outbox';

/** One command and where it stands: `index` among the records at hand, undefined for one that was held before them. */
export type Turn = {
  readonly index: number | undefined;
  readonly command: DialogCommand;
  readonly position: Position;
  /** The command as it was read. */
  readonly wire: Buffer | string;
};

/** The commands of some phones, each phone's in their order. */
export type Queues = ReadonlyMap<Phone, readonly Turn[]>;

/**
 * What became of one command. A repeated one had been decided before; a held one is kept until its phone's document
 * can be read.
 */
export type Handled = {
  readonly index: number | undefined;
  readonly outcome: Outcome;
  readonly events: readonly EventType[];
  readonly note?: 'repeated' | 'held';
  readonly error?: unknown;
};

/** What one phone's commands led to: its document to write (if it changed) and the batches to publish, in order. */
export type PhonePlan = {
  readonly phone: Phone;
  readonly expected: number;
  readonly dialog: Dialog;
  readonly publications: readonly OutboxEntry[];
  readonly handled: readonly Handled[];
  /** Why the document cannot be read. Then nothing is decided, and the commands are to be held. */
  readonly unreadable?: string;
};

/** Fetches the facts of one command. */
export type GatherFacts = (state: DialogState, command: DialogCommand) => Promise<Gathered>;
type Surroundings = { readonly gather: GatherFacts; readonly progress: Progress };

/** A dialog before its first command. */
const newDialog = (phone: Phone): Dialog => ({
  phone,
  version: 0,
  state: initialState(),
  outbox: [],
  recentCommandIds: [],
});

/** Decides one phone's commands in their order, each against the state that the one before it left. */
export const decidePhone = async (
  stored: StoredDialog | undefined,
  [phone, turns]: readonly [Phone, readonly Turn[]],
  around: Surroundings,
): Promise<PhonePlan> => {
  if (stored?.kind === 'unreadable') return unreadable(phone, turns, stored.reason);
  const dialog = released(stored?.dialog ?? newDialog(phone));
  let plan: PhonePlan = { phone, expected: dialog.version, dialog, publications: [], handled: [] };
  for (const turn of turns) plan = await take(plan, turn, around);
  return plan;
};

/** The held commands are among the turns, so the next write takes the mark off. */
const released = (dialog: Dialog): Dialog =>
  (dialog.hold ?? null) === null ? dialog : { ...dialog, hold: null };

const unreadable = (phone: Phone, turns: readonly Turn[], reason: string): PhonePlan => ({
  phone,
  expected: 0,
  dialog: newDialog(phone),
  publications: [],
  handled: turns.map(({ index }) => ({ index, outcome: done, events: [], note: 'held' })),
  unreadable: reason,
});

const take = async (plan: PhonePlan, turn: Turn, around: Surroundings): Promise<PhonePlan> => {
  const { commandId } = turn.command;
  const at = plan.dialog.outbox.findIndex((candidate) => candidate.commandId === commandId);
  if (at !== -1) return repeat(plan, turn, unpublished(plan.dialog.outbox.slice(0, at + 1), around.progress));
  if (isRemembered(plan.dialog, commandId)) return repeat(plan, turn, []);
  const gathered = await around.gather(plan.dialog.state, turn.command);
  if (!gathered.ok) return withHandled(plan, refused(turn, gathered.code, gathered.reason));
  return decideNew(plan, turn, { facts: gathered.facts, progress: around.progress });
};

const unpublished = (entries: readonly OutboxEntry[], progress: Progress): readonly OutboxEntry[] =>
  entries.filter((entry) => !isPublished(entry, progress));

/** Decided before: the same bytes go out again if they may not have; readers drop them by their version. */
const repeat = (plan: PhonePlan, turn: Turn, entries: readonly OutboxEntry[]): PhonePlan =>
  withHandled(
    {
      ...plan,
      publications: [...plan.publications, ...entries.filter((entry) => !plan.publications.includes(entry))],
    },
    { index: turn.index, outcome: done, events: [], note: 'repeated' },
  );

type Known = { readonly facts: Facts; readonly progress: Progress };

const decideNew = (plan: PhonePlan, turn: Turn, known: Known): PhonePlan => {
  try {
    return advance(plan, turn, known);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return withHandled(plan, { ...refused(turn, 'DECISION_FAILED', reason), error });
  }
};

const advance = (
  plan: PhonePlan,
  { index, command, position }: Turn,
  { facts, progress }: Known,
): PhonePlan => {
  const { dialog, strays } = adoptStrays(settleOutbox(plan.dialog, progress), position);
  const { events, state } = step(dialog.state, command, facts);
  const version = dialog.version + 1;
  const batch = encodeBatch(toBatch({ command, version, at: facts.at, events, state }));
  const entry = { commandId: command.commandId, batch, ...position };
  const next = { ...plan, dialog: { ...dialog, version, state, outbox: [...dialog.outbox, entry] } };
  return withHandled(
    { ...next, publications: [...plan.publications, ...strays, entry] },
    { index, outcome: done, events: events.map(({ type }) => type) },
  );
};

const refused = ({ index }: Turn, code: string, reason: string): Handled => ({
  index,
  outcome: deadLetter(code, reason),
  events: [],
});

const withHandled = (plan: PhonePlan, handled: Handled): PhonePlan => ({
  ...plan,
  handled: [...plan.handled, handled],
});
