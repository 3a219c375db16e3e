import type { Phone } from '@stopcovid/contracts';
import type { HoldId } from '../dialogs/dialog-store';

/**
 * A command that waits because its phone's document cannot be read: the record's own bytes, and where they stood.
 * `hold` is the mark that its phone's document bears; what stands under another mark has been decided already.
 */
export type HeldCommand = {
  readonly hold: HoldId;
  readonly phone: Phone;
  readonly commandId: string;
  readonly partition: number;
  /** In decimal digits. */
  readonly offset: string;
  readonly value: string;
};

/** Where commands wait, one by one, for as long as it takes. All methods throw when the store cannot be reached. */
export interface HeldCommands {
  /** Durable when it resolves. The same command under the same mark is kept once. */
  keep(commands: readonly HeldCommand[]): Promise<void>;
  /** What is kept under these marks, in the order in which it was read. */
  under(holds: readonly HoldId[]): Promise<readonly HeldCommand[]>;
  drop(holds: readonly HoldId[]): Promise<void>;
}

const byPosition = (a: HeldCommand, b: HeldCommand): number => {
  if (a.partition !== b.partition) return a.partition - b.partition;
  return BigInt(a.offset) < BigInt(b.offset) ? -1 : 1;
};

/** The order in which commands were read. */
export const inOrder = (commands: readonly HeldCommand[]): readonly HeldCommand[] =>
  [...commands].sort(byPosition);

/** Commands held by this process alone. */
export const inMemoryHeldCommands = (): HeldCommands => {
  const held = new Map<string, HeldCommand>();
  return {
    async keep(commands) {
      for (const command of commands) {
        const id = `${command.hold} ${command.commandId}`;
        if (!held.has(id)) held.set(id, command);
      }
    },
    async under(holds) {
      return inOrder([...held.values()].filter(({ hold }) => holds.includes(hold)));
    },
    async drop(holds) {
      for (const [id, { hold }] of held) if (holds.includes(hold)) held.delete(id);
    },
  };
};
