import type { CommandId, Phone } from '@stopcovid/contracts';
import { initialState, type DialogState } from '@stopcovid/dialog-core';

/** A decided batch that may not have been published yet, in its wire form, with the position of its command. */
export type OutboxEntry = {
  readonly commandId: CommandId;
  readonly batch: string;
  readonly partition: number;
  /** The command's offset, in decimal digits. */
  readonly offset: string;
};

/** Says under which name commands of a phone are kept that have to wait; see `HeldCommands`. */
export type HoldId = string;

/** All that the engine keeps of one phone. `version` is that of the last batch; 0 before the first. */
export type Dialog = {
  readonly phone: Phone;
  readonly version: number;
  /** Set while commands are held for this phone: they are decided before any other. */
  readonly hold?: HoldId | null;
  readonly state: DialogState;
  readonly outbox: readonly OutboxEntry[];
  readonly recentCommandIds: readonly CommandId[];
};

/** A dialog before its first command. */
export const newDialog = (phone: Phone): Dialog => ({
  phone,
  version: 0,
  state: initialState(),
  outbox: [],
  recentCommandIds: [],
});

/** What a phone's document holds. Unreadable: somebody else's hand was in it, or a later release wrote it. */
export type StoredDialog =
  | { readonly kind: 'readable'; readonly dialog: Dialog }
  | { readonly kind: 'unreadable'; readonly reason: string };

/**
 * A dialog to write, and what it was decided against: the version, 0 for a phone without a document, and the mark, none
 * unless given.
 */
export type DialogChange = {
  readonly expected: number;
  readonly mark?: HoldId | null;
  /** The dialog as the store gave it, or took it last: what still stands so need not be written again. */
  readonly read?: Dialog | undefined;
  readonly dialog: Dialog;
};

export type HowToLoad = 'afresh' | 'from memory';

/** Where dialogs live, one document per phone. Both methods throw when the store cannot be reached. */
export interface DialogStore {
  /**
   * The dialogs of those phones that have one; from a memory that may be out of date, if the store has one, unless they
   * are to be read afresh.
   */
  load(phones: readonly Phone[], how?: HowToLoad): Promise<ReadonlyMap<Phone, StoredDialog>>;
  /** Writes each change whose phone still has the expected version and mark, and answers the other phones. */
  commit(changes: readonly DialogChange[]): Promise<ReadonlySet<Phone>>;
  /**
   * Marks documents, readable or not, whose phones' commands are being held; one that is marked keeps its mark, and a
   * phone without a document gets one, at version 0. Answers the mark of each phone.
   */
  hold(phones: readonly Phone[]): Promise<ReadonlyMap<Phone, HoldId>>;
}
