import { createHash, randomUUID } from 'node:crypto';
import {
  commandIdSchema,
  type CommandId,
  type DialogEvent,
  type EventBatch,
  type Phone,
} from '@stopcovid/contracts';

/** An event that a command led to, without what people wrote. `reason` where the event has one. */
export type LedTo = { readonly id: string; readonly type: string; readonly reason?: string };

/** What became of a command. A dead letter may be sent back and decided later; what was decided stays so. */
export type Fate =
  | { readonly state: 'accepted' }
  | {
      readonly state: 'decided';
      readonly at: Date;
      /** Of the batch, in its phone's history. */
      readonly version: number;
      readonly events: readonly LedTo[];
    }
  | { readonly state: 'deadLettered'; readonly at: Date; readonly code: string; readonly reason: string };

/** A command that a person asked for, and what became of it. */
export type AskedCommand = {
  readonly commandId: CommandId;
  readonly type: string;
  readonly phone: Phone;
  readonly at: Date;
  /** The name of the key, or of the person at a command line. */
  readonly by: string;
  /** Of what was asked: the same key with another one asks for something else. */
  readonly fingerprint: string;
  readonly fate: Fate;
};

export type Settled = { readonly commandId: CommandId; readonly fate: Exclude<Fate, { state: 'accepted' }> };

const prefix = 'operator:';

const hashOf = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** A command id that no other request has, or always the same one for the same key of the same person. */
export const askedId = (by: string, idempotencyKey: string | undefined): CommandId =>
  commandIdSchema.parse(
    `${prefix}${idempotencyKey === undefined ? randomUUID() : hashOf([by, idempotencyKey]).slice(0, 40)}`,
  );

/** A command id that is always the same for the same parts, such as the text that is sent again. */
export const derivedId = (...parts: readonly string[]): CommandId =>
  commandIdSchema.parse(`${prefix}${hashOf(parts).slice(0, 40)}`);

/** The commands that nobody asked for are not looked up. */
export const isAsked = (commandId: string): boolean => commandId.startsWith(prefix);

const sorted = (_name: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

/** The same for the same content, in whatever order its fields stand. */
export const fingerprintOf = (whom: string, content: unknown): string =>
  hashOf([whom, JSON.stringify(content, sorted)]);

const reasonOf = (event: DialogEvent): { reason?: string } =>
  'reason' in event && typeof event.reason === 'string' ? { reason: event.reason } : {};

/** What a batch says of its command. */
export const decidedBy = ({ commandId, phone, version, at, events }: EventBatch): Settled => ({
  commandId,
  fate: {
    state: 'decided',
    at: new Date(at),
    version,
    events: events.map((event, index) => ({
      id: `${phone}:${version}:${index}`,
      type: event.type,
      ...reasonOf(event),
    })),
  },
});
