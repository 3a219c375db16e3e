import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventSample, type EventType } from './events';

/** An example file: one real message, as it stands on the wire but for its indentation. */
export type Example = { readonly name: string; readonly wire: string; readonly value: unknown };

const directory = join(__dirname, '..', 'examples');

/** All examples, in the order of their names. */
export const examples: readonly Example[] = readdirSync(directory)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length))
  .sort()
  .map((name) => {
    const value: unknown = JSON.parse(readFileSync(join(directory, `${name}.json`), 'utf8'));
    return { name, wire: JSON.stringify(value), value };
  });

/** The examples that begin with a type's name, such as `SendMessage` and `SendMessage-notice`. */
export const examplesOf = (type: string): readonly Example[] =>
  examples.filter(({ name }) => name === type || name.startsWith(`${type}-`));

/** The first example of a type, with some fields replaced; `undefined` leaves a field out. */
export const exampleWith = (type: string, changes: Readonly<Record<string, unknown>> = {}): string => {
  const [first] = examplesOf(type);
  if (!first) throw new Error(`there is no example of ${type}`);
  return JSON.stringify({ ...Object(first.value), ...changes });
};

const holds = (batch: unknown, type: EventType): boolean => {
  const { events } = Object(batch) as { events?: readonly { type: unknown }[] };
  return events?.some((event) => event.type === type) ?? false;
};

/**
 * Puts an event's sample on disk, in a batch of its own, where no example holds the event yet. What is there is never
 * written again: a record of that form may have been kept somewhere, and must stay readable.
 */
export const keepSample = (type: EventType): void => {
  if (examplesOf('batch').some(({ value }) => holds(value, type))) return;
  const batch: unknown = JSON.parse(exampleWith('batch', { events: [eventSample(type)] }));
  writeFileSync(join(directory, `batch-of-${type}.json`), `${JSON.stringify(batch, null, 2)}\n`);
};
