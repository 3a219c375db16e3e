import {
  encodeBatch,
  type DialogCommand,
  type DialogEvent,
  type Event,
  type EventType,
  type Phone,
  type KeyedError,
} from '@stopcovid/contracts';
import { step, toBatch, type DialogState, type Facts, type Step } from '@stopcovid/dialog-core';
import { deadLetter, done, type Outcome } from '@stopcovid/kafka';
import {
  newDialog,
  type Dialog,
  type HoldId,
  type OutboxEntry,
  type StoredDialog,
} from '../dialogs/dialog-store';
import type { HeldCommand } from '../held/held-commands';
import type { AsideCode, WaitCode } from './failure-codes';
import type { Gathered } from './gather-facts';
import {
  adoptStrays,
  isPublished,
  isRemembered,
  keepUntold,
  settleOutbox,
  type Position,
  type Progress,
} from './outbox';
import type { ReadCommand } from './read-command';

/** One command of a phone and where it stands: `index` among the records at hand, undefined for one that was held. */
export type Turn = {
  readonly index: number | undefined;
  readonly phone: Phone;
  readonly read: ReadCommand;
  readonly position: Position;
  /** The command as it came. */
  readonly wire: Buffer | string;
  /** What it was held as before. */
  readonly held?: HeldCommand;
  /** An opt-out that was sent later has been decided already: consent is not given again by this one. */
  readonly overtaken?: true;
};

/** The commands of some phones, each phone's in their order. */
export type Queues = ReadonlyMap<Phone, readonly Turn[]>;

/**
 * Why a command is held: its own release is not here yet, a document that it needs cannot be read (its phone's, a drill
 * revision, a held command), or another is before it.
 */
export type Wait = { readonly code: WaitCode; readonly reason: string };

/** Why a command can never be decided. */
type Aside = { readonly code: AsideCode | KeyedError['code']; readonly reason: string };

/** What became of one command. A repeated one had been decided before; one that waits is held. */
export type Handled = {
  readonly index: number | undefined;
  readonly outcome: Outcome;
  readonly events: readonly EventType[];
  readonly repeated?: true;
  /** Why a start was held back, where one was. */
  readonly postponed?: Event<'DrillPostponed'>['reason'];
  readonly waits?: Wait;
  readonly error?: unknown;
};

/** What one phone's commands led to: its document to write (if it changed) and the batches to publish, in order. */
export type PhonePlan = {
  readonly phone: Phone;
  readonly expected: number;
  readonly mark: HoldId | null;
  /** The dialog as it was before. */
  readonly read: Dialog;
  readonly dialog: Dialog;
  readonly publications: readonly OutboxEntry[];
  readonly handled: readonly Handled[];
  /** The turns at the end of the queue that wait; their phone's document is to be marked. */
  readonly waiting: readonly Turn[];
};

/** Fetches the facts of one command. */
export type GatherFacts = (state: DialogState, command: DialogCommand) => Promise<Gathered>;
/** Does a command withdraw consent, whatever else its phone waits for? */
export type OptsOut = (command: DialogCommand) => boolean;
type Surroundings = {
  readonly gather: GatherFacts;
  readonly progress: Progress;
  readonly optsOut: OptsOut;
  /** Why all of the phone's commands wait, where something before them cannot be read. */
  readonly blocked?: Wait | undefined;
};

/**
 * Decides one phone's commands in their order, each against the state that the one before it left, up to the first
 * that has to wait. Nothing overtakes that one but an opt-out: consent counts at once.
 */
export const decidePhone = async (
  stored: StoredDialog | undefined,
  [phone, turns]: readonly [Phone, readonly Turn[]],
  around: Surroundings,
): Promise<PhonePlan> => {
  if (stored?.kind === 'unreadable')
    return waiting(planOf(newDialog(phone)), turns, { code: 'STATE_UNREADABLE', reason: stored.reason });
  const begun = planOf(stored?.dialog ?? newDialog(phone));
  if (around.blocked !== undefined)
    return waiting(await optOutsFirst(allTold(begun), turns, around), turns, around.blocked);
  if (turns[0]?.held === undefined) return decideInOrder(begun, turns, around);
  const last = turns.findLastIndex((turn) => isOptOut(turn, around));
  const marked = turns.map((turn, place): Turn => (place < last ? { ...turn, overtaken: true } : turn));
  return decideInOrder(await optOutsFirst(begun, turns, around), marked, around);
};

const decideInOrder = async (
  begun: PhonePlan,
  turns: readonly Turn[],
  around: Surroundings,
): Promise<PhonePlan> => {
  let plan = begun;
  for (const [place, turn] of turns.entries()) {
    plan = toldOf(plan, turn, around.progress);
    const taken = turn.read.kind === 'future' ? turn.read : await take(plan, turn, around);
    if ('code' in taken) {
      const rest = turns.slice(place);
      return waiting(await optOutsFirst(plan, rest, around), rest, taken);
    }
    plan = taken;
  }
  return released(plan);
};

/**
 * Consent counts at once: among commands that wait, or have waited, the opt-outs are decided before all others, and
 * told behind what was decided there before. They keep their places, and are recognised there; what was sent before
 * them gives consent to nothing.
 */
const optOutsFirst = async (
  before: PhonePlan,
  turns: readonly Turn[],
  around: Surroundings,
): Promise<PhonePlan> => {
  let plan = before;
  for (const turn of turns) plan = toldOf(plan, turn, around.progress);
  for (const turn of turns.filter((one) => isOptOut(one, around))) {
    const taken = await take(plan, turn, around);
    if (!('code' in taken)) plan = taken;
  }
  return { ...plan, handled: before.handled };
};

const isOptOut = ({ read }: Turn, { optsOut }: Surroundings): boolean =>
  read.kind === 'command' && optsOut(read.command);

const planOf = (dialog: Dialog): PhonePlan => ({
  phone: dialog.phone,
  expected: dialog.version,
  mark: dialog.hold ?? null,
  read: dialog,
  dialog,
  publications: [],
  handled: [],
  waiting: [],
});

/** All that was held is decided, so the next write takes the mark off. */
const released = (plan: PhonePlan): PhonePlan =>
  (plan.dialog.hold ?? null) === null ? plan : { ...plan, dialog: { ...plan.dialog, hold: null } };

const behind: Wait = { code: 'BEHIND_HELD', reason: 'a command of the same phone that came before it waits' };

const waiting = (plan: PhonePlan, turns: readonly Turn[], { code, reason }: Wait): PhonePlan => ({
  ...plan,
  waiting: turns,
  handled: [
    ...plan.handled,
    ...turns.map(({ index }, place): Handled => {
      const waits = place === 0 || code === 'STATE_UNREADABLE' ? { code, reason } : behind;
      return { index, outcome: done, events: [], waits };
    }),
  ],
});

/** The plan with one more turn decided, or why it has to wait. */
const take = async (plan: PhonePlan, turn: Turn, around: Surroundings): Promise<PhonePlan | Wait> => {
  if (turn.read.kind !== 'command') return withHandled(plan, refused(turn, turn.read));
  const { command } = turn.read;
  const { commandId } = command;
  const at = plan.dialog.outbox.findIndex((candidate) => candidate.commandId === commandId);
  if (at !== -1) return repeat(plan, turn, unpublished(plan.dialog.outbox.slice(0, at + 1), around.progress));
  if (isRemembered(plan.dialog, commandId)) return repeat(plan, turn, []);
  const gathered = await around.gather(plan.dialog.state, command);
  if (gathered.kind === 'notYet') return gathered;
  if (gathered.kind === 'never') return withHandled(plan, refused(turn, gathered));
  return decideNew(plan, { ...turn, command }, { facts: gathered.facts, progress: around.progress });
};

const unpublished = (entries: readonly OutboxEntry[], progress: Progress): readonly OutboxEntry[] =>
  entries.filter((entry) => !isPublished(entry, progress));

/**
 * What stands where a command stands is told with it, whatever becomes of that one, also when it waits: held commands
 * are decided where another one is, which may be one of them, handed over again, and its offset is committed.
 */
const toldAt = (plan: PhonePlan, position: Position, progress: Progress): PhonePlan => {
  const { outbox } = plan.dialog;
  const last = outbox.findLastIndex((entry) => standsAt(entry, position));
  return last === -1 ? plan : withPublications(plan, unpublished(outbox.slice(0, last + 1), progress));
};

/**
 * What was decided of a command before it was held may never have been told, whatever was committed since: it was held
 * because the document could not be read, or the command not by the release at hand, which did not even know its id
 * then. It is found by where it stood as well. Readers drop what they know.
 */
const toldOf = (plan: PhonePlan, { read, position, held }: Turn, progress: Progress): PhonePlan => {
  if (held === undefined) return toldAt(plan, position, progress);
  const { outbox } = plan.dialog;
  const id = read.kind === 'command' ? read.command.commandId : held.commandId;
  const last = outbox.findLastIndex((entry) => entry.commandId === id || standsAt(entry, held));
  return toldAt(withPublications(plan, outbox.slice(0, last + 1)), position, progress);
};

const standsAt = (entry: Position, { partition, offset }: Position): boolean =>
  entry.partition === partition && entry.offset === offset;

/** Where it cannot be read what was held, anything may have been held before it was told. */
const allTold = (plan: PhonePlan): PhonePlan => withPublications(plan, plan.dialog.outbox);

const withPublications = (plan: PhonePlan, entries: readonly OutboxEntry[]): PhonePlan => {
  const told = new Set(plan.publications.map(({ commandId }) => commandId));
  return {
    ...plan,
    publications: [...plan.publications, ...entries.filter(({ commandId }) => !told.has(commandId))],
  };
};

/** Decided before: the same bytes go out again if they may not have; readers drop them by their version. */
const repeat = (plan: PhonePlan, turn: Turn, entries: readonly OutboxEntry[]): PhonePlan =>
  withHandled(withPublications(plan, entries), {
    index: turn.index,
    outcome: done,
    events: [],
    repeated: true,
  });

type Readable = Turn & { readonly command: DialogCommand };
type Known = { readonly facts: Facts; readonly progress: Progress };

const decideNew = (plan: PhonePlan, turn: Readable, known: Known): PhonePlan => {
  try {
    return advance(plan, turn, known);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return withHandled(plan, { ...refused(turn, { code: 'DECISION_FAILED', reason }), error });
  }
};

const advance = (
  plan: PhonePlan,
  { index, command, position, overtaken }: Readable,
  { facts, progress }: Known,
): PhonePlan => {
  const untold = keepUntold(plan.dialog, { here: position, progress }, plan.publications);
  const { dialog, strays } = adoptStrays(settleOutbox(untold, progress), position);
  const decided = step(dialog.state, command, { ...facts, isFirst: dialog.version === 0 });
  const { events, state } = overtaken && optsIn(decided) ? { events: [], state: dialog.state } : decided;
  const version = dialog.version + 1;
  const batch = encodeBatch(toBatch({ command, version, at: facts.at, events, state }));
  const entry = { commandId: command.commandId, batch, ...position };
  const next = { ...plan, dialog: { ...dialog, version, state, outbox: [...dialog.outbox, entry] } };
  return withHandled(
    { ...next, publications: [...plan.publications, ...strays, entry] },
    { index, outcome: done, events: events.map(({ type }) => type), ...postponedIn(events) },
  );
};

const postponedIn = (events: readonly DialogEvent[]): Pick<Handled, 'postponed'> => {
  const found = events.find((event) => event.type === 'DrillPostponed');
  return found === undefined ? {} : { postponed: found.reason };
};

const optsIn = ({ events }: Step): boolean => events.some(({ type }) => type === 'TraineeOptedIn');

const refused = ({ index }: Turn, { code, reason }: Aside): Handled => ({
  index,
  outcome: deadLetter(code, reason),
  events: [],
});

const withHandled = (plan: PhonePlan, handled: Handled): PhonePlan => ({
  ...plan,
  handled: [...plan.handled, handled],
});
