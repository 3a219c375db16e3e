import { createHash } from 'node:crypto';
import { topics, type Phone } from '@stopcovid/contracts';
import type { OutgoingRecord } from '@stopcovid/kafka';
import type { DialogStore, HoldId, StoredDialog } from '../dialogs/dialog-store';
import type { HeldCommand, HeldCommands } from '../held/held-commands';
import type { PhonePlan, Queues, Turn, Wait } from './decide-phone';
import type { Position } from './outbox';
import { readCommand } from './read-command';

type Dialogs = ReadonlyMap<Phone, StoredDialog>;

const holdsOf = (dialogs: Dialogs): ReadonlyMap<Phone, HoldId> =>
  new Map(
    [...dialogs].flatMap(([phone, stored]) =>
      stored.kind === 'readable' && typeof stored.dialog.hold === 'string'
        ? [[phone, stored.dialog.hold] as const]
        : [],
    ),
  );

/** Queues, and the phones of which something that was held cannot be read: nothing of theirs can be decided in order. */
export type WithHeld = { readonly queues: Queues; readonly blocked: ReadonlyMap<Phone, Wait> };

/**
 * The queues with what was held for these phones among what has come now, where it stood. Held commands count as
 * standing with the present one that they come before, or the last: with its offset they are committed.
 */
export const withHeld = async (held: HeldCommands, dialogs: Dialogs, queues: Queues): Promise<WithHeld> => {
  const holds = holdsOf(dialogs);
  if (holds.size === 0) return { queues, blocked: new Map() };
  const { commands, unreadable } = await held.under([...holds.values()]);
  return {
    queues: new Map(
      [...queues].map(([phone, turns]) => {
        const own = commands.filter(({ hold }) => hold === holds.get(phone));
        return [phone, own.reduce(amongTurns, turns)];
      }),
    ),
    blocked: new Map(
      [...holds].flatMap(([phone, hold]) => {
        const reason = unreadable.get(hold);
        return reason === undefined ? [] : [[phone, { code: 'HELD_UNREADABLE', reason }] as const];
      }),
    ),
  };
};

/**
 * Before all that came later. What comes again from before it was decided before it, and told of perhaps not yet: it
 * stays first.
 */
const amongTurns = (turns: readonly Turn[], held: HeldCommand): readonly Turn[] => {
  const found = turns.findIndex((turn) => turn.held === undefined && !cameBefore(turn.position, held));
  const place = found === -1 ? turns.length : found;
  const position = (turns[place] ?? turns.at(-1))?.position;
  if (position === undefined) return turns;
  const { phone, value: wire } = held;
  const read = readCommand({ key: phone, value: Buffer.from(wire) });
  const turn: Turn = { index: undefined, phone, read, position, wire, held };
  return [...turns.slice(0, place), turn, ...turns.slice(place)];
};

const cameBefore = (turn: Position, held: Position): boolean =>
  turn.partition === held.partition && BigInt(turn.offset) < BigInt(held.offset);

type HoldParts = { readonly store: DialogStore; readonly held: HeldCommands };

/** Keeps the commands that have to wait, each under its phone's mark. */
export const keepBack = async ({ store, held }: HoldParts, plans: readonly PhonePlan[]): Promise<void> => {
  const fresh = plans.flatMap(({ waiting }) => waiting.filter((turn) => turn.held === undefined));
  if (fresh.length === 0) return;
  const marks = await store.hold([...new Set(fresh.map(({ phone }) => phone))]);
  await held.keep(fresh.map((turn) => heldOf(markOf(marks, turn.phone), turn)));
};

const markOf = (marks: ReadonlyMap<Phone, HoldId>, phone: Phone): HoldId => {
  const mark = marks.get(phone);
  if (mark === undefined) throw new Error('a dialog was not marked');
  return mark;
};

const heldOf = (hold: HoldId, { phone, read, position, wire }: Turn): HeldCommand => {
  const value = wire.toString();
  return {
    hold,
    phone,
    commandId: read.kind === 'command' ? read.command.commandId : unreadId(value),
    ...position,
    value,
  };
};

/** Names a command whose own id cannot be read yet: the same bytes are the same command. */
const unreadId = (value: string): string => `unread-${createHash('sha256').update(value).digest('hex')}`;

type Settled = { readonly turn: Turn; readonly putAside: boolean };

/** The turns of these plans that wait no longer. */
const settledOf = (plans: readonly PhonePlan[], queues: Queues): readonly Settled[] =>
  plans.flatMap(({ phone, handled }) =>
    (queues.get(phone) ?? []).flatMap((turn, place) => {
      const became = handled[place];
      if (became === undefined || became.waits !== undefined) return [];
      return [{ turn, putAside: became.outcome.kind === 'deadLetter' }];
    }),
  );

/** Held commands that can never be decided go back to their topic, from where they are put aside like any other. */
export const returned = (plans: readonly PhonePlan[], queues: Queues): readonly OutgoingRecord[] =>
  settledOf(plans, queues).flatMap(({ turn: { index, phone, wire }, putAside }) =>
    index === undefined && putAside ? [{ key: phone, value: wire }] : [],
  );

export const returnTopic = topics.dialogCommands;

/** The held commands that wait no longer. */
export const settledHeld = (plans: readonly PhonePlan[], queues: Queues): readonly HeldCommand[] =>
  settledOf(plans, queues).flatMap(({ turn }) => turn.held ?? []);
