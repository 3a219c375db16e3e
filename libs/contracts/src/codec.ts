import { z } from 'zod';
import { dialogCommandSchema, type DialogCommand } from './commands';
import { batchEnvelopeSchema, type EventBatch } from './event-batch';
import { dialogEventSchema, eventTypes, type DialogEvent } from './events';
import { bodyError, headError, type DecodeError } from './refusal';
import { smsLogRecordSchema, type SmsLogRecord } from './sms-log';

export type Decoded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: DecodeError };

/** A batch with the names of events that this reader does not know yet; they are left out of `events`. */
export type DecodedBatch = EventBatch & { readonly unknownEvents: readonly string[] };

type Refusal = { readonly ok: false; readonly error: DecodeError };
const refused = (error: DecodeError): Refusal => ({ ok: false, error });
const poison = (code: DecodeError['code'], reason: string): Refusal =>
  refused({ kind: 'poison', code, reason });

const parseJson = (wire: string | Uint8Array): Decoded<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(
      typeof wire === 'string'
        ? wire
        : Buffer.from(wire.buffer, wire.byteOffset, wire.byteLength).toString('utf8'),
    );
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? { ok: true, value: value as Record<string, unknown> }
      : poison('NOT_JSON', 'is not a JSON object');
  } catch {
    return poison('NOT_JSON', 'is not JSON');
  }
};

const decode = <T>(
  schema: z.ZodType<T>,
  types: ReadonlySet<string>,
  wire: string | Uint8Array,
): Decoded<T> => {
  const json = parseJson(wire);
  if (!json.ok) return json;
  const parsed = schema.safeParse(json.value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const { issues } = parsed.error;
  return refused(headError(json.value, types) ?? bodyError({ value: json.value, issues }));
};

const typesOf = (options: readonly { shape: { type: { value: string } } }[]): ReadonlySet<string> =>
  new Set(options.map((o) => o.shape.type.value));
const commandTypes = typesOf(dialogCommandSchema.options);
const logTypes = typesOf(smsLogRecordSchema.options);
const knownEvents: ReadonlySet<string> = new Set(eventTypes);
const batchTypes: ReadonlySet<string> = new Set(['EventBatch']);

/** Reads a command from its wire form. Unknown fields are dropped, unknown types refused. */
export const decodeCommand = (wire: string | Uint8Array): Decoded<DialogCommand> =>
  decode(dialogCommandSchema, commandTypes, wire);

/** Reads a log record from its wire form. */
export const decodeLogRecord = (wire: string | Uint8Array): Decoded<SmsLogRecord> =>
  decode(smsLogRecordSchema, logTypes, wire);

const optOutSchema = z.object({
  version: z.int().positive(),
  trainee: z.object({ optedOut: z.literal(true) }),
});

const typeOf = (value: unknown): string =>
  value !== null && typeof value === 'object' && 'type' in value ? String(value.type) : 'not an event';

type Events = {
  readonly events: readonly DialogEvent[];
  readonly unknownEvents: readonly string[];
  readonly issues: readonly z.core.$ZodIssue[];
};

const readEvents = (candidates: readonly unknown[]): Events => {
  const known = candidates.map((candidate, index) =>
    knownEvents.has(typeOf(candidate))
      ? { index, parsed: dialogEventSchema.safeParse(candidate) }
      : undefined,
  );
  return {
    events: known.flatMap((event) => event?.parsed.data ?? []),
    unknownEvents: candidates.map(typeOf).filter((type) => !knownEvents.has(type)),
    issues: known.flatMap((event) =>
      (event?.parsed.error?.issues ?? []).map((issue) => ({
        ...issue,
        path: ['events', event?.index ?? 0, ...issue.path],
      })),
    ),
  };
};

/** Reads an event batch. Events of a type not known here are named in `unknownEvents`, never an error. */
export const decodeBatch = (wire: string | Uint8Array): Decoded<DecodedBatch> => {
  const json = parseJson(wire);
  if (!json.ok) return json;
  const { value } = json;
  const envelope = batchEnvelopeSchema.safeParse(value);
  if (!envelope.success) {
    const head = headError(value, batchTypes);
    if (head !== undefined) return refused(head);
  }
  const raw = value['events'];
  if (!Array.isArray(raw)) return poison('INVALID', 'events: is not a list');
  const { events, unknownEvents, issues } = readEvents(raw);
  if (envelope.success && issues.length === 0)
    return { ok: true, value: { ...envelope.data, events, unknownEvents } };
  return refused(bodyError({ value, issues: [...(envelope.error?.issues ?? []), ...issues] }));
};

/**
 * The version at which a batch of any release says that its trainee is opted out: `version` and `trainee.optedOut` keep
 * their places for ever, so that nobody waits for a reader of the batch before an opt-out counts.
 */
export const optOutIn = (wire: string | Uint8Array): number | undefined => {
  const json = parseJson(wire);
  const word = json.ok ? optOutSchema.safeParse(json.value) : undefined;
  return word?.data?.version;
};

/** The wire form of a command. */
export const encodeCommand = (command: DialogCommand): string => JSON.stringify(command);

/** The record of a command on its topic: under its phone's key, at the beginning of its own trace. */
export const commandRecord = (command: DialogCommand) => ({
  key: command.phone,
  value: encodeCommand(command),
  trace: { command: command.commandId },
});
/** The wire form of an event batch. */
export const encodeBatch = (batch: EventBatch): string => JSON.stringify(batch);
/** The wire form of a log record. */
export const encodeLogRecord = (record: SmsLogRecord): string => JSON.stringify(record);
