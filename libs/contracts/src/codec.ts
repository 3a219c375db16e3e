import type { z } from 'zod';
import { dialogCommandSchema, type DialogCommand } from './commands';
import {
  batchEnvelopeSchema,
  dialogEventSchema,
  eventTypes,
  type DialogEvent,
  type EventBatch,
} from './events';
import { smsLogRecordSchema, type SmsLogRecord } from './sms-log';

/** Why a record could not be read. All of these are poison: the record will never become readable. */
export type DecodeError = {
  readonly code: 'NOT_JSON' | 'UNKNOWN_TYPE' | 'UNKNOWN_SCHEMA_VERSION' | 'INVALID';
  /** What is wrong and where, without the offending values: they may be personal. */
  readonly reason: string;
};
export type Decoded<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: DecodeError };

/** A batch with the names of events that this reader does not know yet; they are left out of `events`. */
export type DecodedBatch = EventBatch & { readonly unknownEvents: readonly string[] };

const failed = (code: DecodeError['code'], reason: string): { ok: false; error: DecodeError } => ({
  ok: false,
  error: { code, reason },
});

const parseJson = (wire: string | Uint8Array): Decoded<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(
      typeof wire === 'string'
        ? wire
        : Buffer.from(wire.buffer, wire.byteOffset, wire.byteLength).toString('utf8'),
    );
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? { ok: true, value: value as Record<string, unknown> }
      : failed('NOT_JSON', 'is not a JSON object');
  } catch {
    return failed('NOT_JSON', 'is not JSON');
  }
};

const firstIssues = (error: z.ZodError): string =>
  error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.') || 'record'}: ${issue.message}`)
    .join('; ');

const decode = <T>(
  schema: z.ZodType<T>,
  types: ReadonlySet<string>,
  wire: string | Uint8Array,
): Decoded<T> => {
  const json = parseJson(wire);
  if (!json.ok) return json;
  const parsed = schema.safeParse(json.value);
  return parsed.success ? { ok: true, value: parsed.data } : refusal(json.value, types, parsed.error);
};

const refusal = (
  value: Record<string, unknown>,
  types: ReadonlySet<string>,
  error: z.ZodError,
): { ok: false; error: DecodeError } => {
  const type = value['type'];
  if (typeof type !== 'string' || !types.has(type))
    return failed('UNKNOWN_TYPE', `type is not one of ${[...types].join(', ')}`);
  if (value['schemaVersion'] !== 1) return failed('UNKNOWN_SCHEMA_VERSION', 'schemaVersion is not 1');
  return failed('INVALID', firstIssues(error));
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

const typeOf = (value: unknown): string =>
  value !== null && typeof value === 'object' && 'type' in value ? String(value.type) : 'not an event';

/** Reads an event batch. Events of a type not known here are named in `unknownEvents`, never an error. */
export const decodeBatch = (wire: string | Uint8Array): Decoded<DecodedBatch> => {
  const json = parseJson(wire);
  if (!json.ok) return json;
  const envelope = batchEnvelopeSchema.safeParse(json.value);
  if (!envelope.success) return refusal(json.value, batchTypes, envelope.error);
  const raw = json.value['events'];
  if (!Array.isArray(raw)) return failed('INVALID', 'events: is not a list');
  const events: DialogEvent[] = [];
  for (const [index, candidate] of raw.entries()) {
    if (!knownEvents.has(typeOf(candidate))) continue;
    const parsed = dialogEventSchema.safeParse(candidate);
    if (!parsed.success) return failed('INVALID', `events.${index}.${firstIssues(parsed.error)}`);
    events.push(parsed.data);
  }
  const unknownEvents = raw.map(typeOf).filter((type) => !knownEvents.has(type));
  return { ok: true, value: { ...envelope.data, events, unknownEvents } };
};

/** The wire form of a command. */
export const encodeCommand = (command: DialogCommand): string => JSON.stringify(command);
/** The wire form of an event batch. */
export const encodeBatch = (batch: EventBatch): string => JSON.stringify(batch);
/** The wire form of a log record. */
export const encodeLogRecord = (record: SmsLogRecord): string => JSON.stringify(record);
