import type { HeldCommand, HeldCommands, HeldOverview } from '@stopcovid/dialog-engine';
import { topics, type EventBatch } from '@stopcovid/contracts';
import type { LogRecord, OutgoingRecord, Publisher } from '@stopcovid/kafka';

/** How a process reads and writes what the release before cannot read. */
export type Wording = {
  readonly read: (wire: string) => string;
  readonly write: (known: string) => string;
};

const same = (text: string): string => text;

/** The release after the present one: it reads what the present one cannot, and processes of both run side by side. */
export class LaterRelease {
  /** Whether processes that start now are of it. */
  isHere = false;
  readonly #known = new Map<string, string>();
  readonly #wires = new Map<string, string>();

  /** A record that this release alone can read, and what it takes it for. */
  add(wire: string, known: string): void {
    this.#known.set(wire, known);
    this.#wires.set(known, wire);
  }

  /** As this release words it, whether it is here or not. */
  readonly wording: Wording = {
    read: (wire) => this.#known.get(wire) ?? wire,
    write: (known) => this.#wires.get(known) ?? known,
  };

  /** The wording of a process that starts now; it keeps it for life. */
  ofNewProcess(): Wording {
    return this.isHere ? this.wording : { read: same, write: same };
  }
}

/** A record as a process reads it. */
export const readBy =
  ({ read }: Wording) =>
  (record: LogRecord): LogRecord =>
    record.value === null ? record : { ...record, value: Buffer.from(read(String(record.value))) };

const newForms: readonly ((batch: { readonly events: readonly unknown[] }) => object)[] = [
  (batch) => ({ ...batch, schemaVersion: 2 }),
  ({ events, ...batch }) => ({ ...batch, events: [...events, { type: 'LessonRated', stars: 5 }] }),
];

/**
 * A batch as a later release writes some of its own, each in one form of several: nobody else can read it at all, or
 * only who can leave out an event.
 */
export const newForm = (batch: string, number: number): string =>
  JSON.stringify(newForms[number % newForms.length]?.(JSON.parse(batch) as EventBatch));

/** Records as a process writes them. */
export const writtenBy = (
  { write }: Wording,
  publisher: Publisher,
  before: (records: readonly OutgoingRecord[]) => void,
): Publisher => ({
  ...publisher,
  publish: (topic, records) => {
    if (topic === topics.dialogEvents) before(records);
    return publisher.publish(
      topic,
      records.map((record) =>
        typeof record.value === 'string' ? { ...record, value: write(record.value) } : record,
      ),
    );
  },
});

/** Held commands as a process reads and writes them. */
export const heldBy = (
  { read, write }: Wording,
  held: HeldCommands & HeldOverview,
): HeldCommands & HeldOverview => {
  const known = (command: HeldCommand): HeldCommand => ({ ...command, value: read(command.value) });
  return {
    keep: (commands) => held.keep(commands.map((command) => ({ ...command, value: write(command.value) }))),
    under: async (holds) => {
      const found = await held.under(holds);
      return { ...found, commands: found.commands.map(known) };
    },
    drop: (commands) => held.drop(commands),
    queues: async (partitions) =>
      (await held.queues(partitions)).map((queue) => ({ ...queue, first: known(queue.first) })),
  };
};
