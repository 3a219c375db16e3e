import { decodeCommand, topics, type Phone } from '@stopcovid/contracts';
import type { OutgoingRecord } from '@stopcovid/kafka';
import type { DialogStore, HoldId, StoredDialog } from '../dialogs/dialog-store';
import type { HeldCommand, HeldCommands } from '../held/held-commands';
import type { PhonePlan, Queues, Turn } from './decide-phone';

type Dialogs = ReadonlyMap<Phone, StoredDialog>;

const holdsOf = (dialogs: Dialogs): ReadonlyMap<Phone, HoldId> =>
  new Map(
    [...dialogs].flatMap(([phone, stored]) =>
      stored.kind === 'readable' && typeof stored.dialog.hold === 'string'
        ? [[phone, stored.dialog.hold] as const]
        : [],
    ),
  );

/**
 * The queues with what was held for these phones before what has come now. Held commands stand where the first of
 * the present ones stands: with its offset they are committed.
 */
export const withHeld = async (held: HeldCommands, dialogs: Dialogs, queues: Queues): Promise<Queues> => {
  const holds = holdsOf(dialogs);
  if (holds.size === 0) return queues;
  const waiting = await held.under([...holds.values()]);
  return new Map(
    [...queues].map(([phone, turns]) => {
      const own = waiting.filter(({ hold }) => hold === holds.get(phone));
      return [phone, [...own.flatMap((command) => turnOf(command, turns)), ...turns]];
    }),
  );
};

const turnOf = ({ value }: HeldCommand, [next]: readonly Turn[]): readonly Turn[] => {
  const read = decodeCommand(value);
  if (!read.ok || next === undefined) return [];
  return [{ index: undefined, command: read.value, position: next.position, wire: value }];
};

type HoldParts = { readonly store: DialogStore; readonly held: HeldCommands };

/** Keeps the commands of phones whose documents cannot be read. Answers the phones whose documents are gone by now. */
export const keepBack = async (
  { store, held }: HoldParts,
  plans: readonly PhonePlan[],
  queues: Queues,
): Promise<ReadonlySet<Phone>> => {
  const phones = plans.filter(({ unreadable }) => unreadable !== undefined).map(({ phone }) => phone);
  if (phones.length === 0) return new Set();
  const marks = await store.hold(phones);
  await held.keep(
    phones.flatMap((phone) => {
      const hold = marks.get(phone);
      return hold === undefined ? [] : (queues.get(phone) ?? []).map((turn) => heldOf(hold, turn));
    }),
  );
  return new Set(phones.filter((phone) => !marks.has(phone)));
};

const heldOf = (hold: HoldId, { command, position, wire }: Turn): HeldCommand => ({
  hold,
  phone: command.phone,
  commandId: command.commandId,
  ...position,
  value: wire.toString(),
});

/** Held commands that can never be decided go back to their topic, from where they are put aside like any other. */
export const returned = (plans: readonly PhonePlan[], queues: Queues): readonly OutgoingRecord[] =>
  plans.flatMap(({ phone, handled }) =>
    (queues.get(phone) ?? []).flatMap(({ index, wire }, place) =>
      index === undefined && handled[place]?.outcome.kind === 'deadLetter'
        ? [{ key: phone, value: wire }]
        : [],
    ),
  );

export const returnTopic = topics.dialogCommands;

/** The marks under which everything has been decided by now. */
export const settledHolds = (dialogs: Dialogs, plans: readonly PhonePlan[]): readonly HoldId[] => {
  const holds = holdsOf(dialogs);
  return plans.flatMap(({ phone, dialog, expected }) =>
    dialog.version > expected ? (holds.get(phone) ?? []) : [],
  );
};
