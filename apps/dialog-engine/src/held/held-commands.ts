import type { Phone } from '@stopcovid/contracts';
import type { HoldId } from '../dialogs/dialog-store';

/**
 * A command that waits, because its phone's document or itself cannot be read, or because one before it waits: the
 * record's own bytes, and where they stood. `hold` is the mark that its phone's document bears; what stands under
 * another mark has been decided already.
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

/** What stands under some marks: what can be read, in the order in which it was read first, and why other rows cannot. */
export type HeldUnder = {
  readonly commands: readonly HeldCommand[];
  readonly unreadable: ReadonlyMap<HoldId, string>;
};

/** Where commands wait, one by one, for as long as it takes. All methods throw when the store cannot be reached. */
export interface HeldCommands {
  /** Durable when it resolves. The same command under the same mark is kept once. */
  keep(commands: readonly HeldCommand[]): Promise<void>;
  /** What is kept under these marks. */
  under(holds: readonly HoldId[]): Promise<HeldUnder>;
  drop(commands: readonly HeldCommand[]): Promise<void>;
}

/** All that waits for one phone under one mark. */
export type HeldQueue = {
  readonly hold: HoldId;
  readonly phone: Phone;
  readonly commands: number;
  readonly first: HeldCommand;
};

/** An overview of what waits. Throws when the store cannot be reached. */
export interface HeldOverview {
  /** The queues whose commands, as far as they can be read, came by these partitions, whether their marks still stand or not. */
  queues(partitions: readonly number[]): Promise<readonly HeldQueue[]>;
}

/** The name of a held command: the same one is kept once under a mark. */
export const heldId = ({ hold, commandId }: HeldCommand): string => `${hold} ${commandId}`;

const byPosition = (a: HeldCommand, b: HeldCommand): number => {
  if (a.partition !== b.partition) return a.partition - b.partition;
  return BigInt(a.offset) < BigInt(b.offset) ? -1 : 1;
};

/** The order in which commands were read. */
export const inOrder = (commands: readonly HeldCommand[]): readonly HeldCommand[] =>
  [...commands].sort(byPosition);

/** Takes commands one by one and counts them by mark. */
export const queuesOf = (commands: Iterable<HeldCommand>): readonly HeldQueue[] => {
  const queues = new Map<HoldId, HeldQueue>();
  for (const command of commands) {
    const { hold, phone } = command;
    const known = queues.get(hold);
    const first = known !== undefined && byPosition(known.first, command) < 0 ? known.first : command;
    queues.set(hold, { hold, phone, commands: (known?.commands ?? 0) + 1, first });
  }
  return [...queues.values()];
};

/** Commands held by this process alone. */
export const inMemoryHeldCommands = (): HeldCommands & HeldOverview => {
  const held = new Map<string, HeldCommand>();
  return {
    async keep(commands) {
      for (const command of commands) {
        const id = heldId(command);
        if (!held.has(id)) held.set(id, command);
      }
    },
    async under(holds) {
      const commands = inOrder([...held.values()].filter(({ hold }) => holds.includes(hold)));
      return { commands, unreadable: new Map() };
    },
    async drop(commands) {
      for (const command of commands) held.delete(heldId(command));
    },
    async queues(partitions) {
      return queuesOf([...held.values()].filter(({ partition }) => partitions.includes(partition)));
    },
  };
};
