import {
  decodeBatch,
  decodeCommand,
  decodeKeyed,
  decodeLogRecord,
  topics,
  type Keyed,
} from '@stopcovid/contracts';
import type { LogRecord } from '@stopcovid/kafka';
import { maskPhone } from '@stopcovid/runtime';
import { originOf } from './typed';

/** Whether a reader could take the record, and why not. */
export type RecordCheck = {
  readonly as: string;
  readonly verdict: string;
  readonly readable: boolean;
};

type Kind = { readonly as: string; readonly read: (record: LogRecord) => Keyed<{ readonly type: string }> };

const command: Kind = { as: 'a command', read: (record) => decodeKeyed(record, decodeCommand) };
const batch: Kind = { as: 'an event batch', read: (record) => decodeKeyed(record, decodeBatch) };
const logRecord: Kind = { as: 'a log record', read: (record) => decodeKeyed(record, decodeLogRecord) };

const kinds: ReadonlyMap<string, Kind> = new Map([
  [topics.dialogCommands, command],
  [topics.dialogEvents, batch],
  [topics.smsLog, logRecord],
]);

/** Reads a record as the reader of its topic would; one of a strange topic as whatever it turns out to be. */
export const checkRecord = (record: LogRecord): RecordCheck => {
  const kind =
    kinds.get(originOf(record.topic)) ?? [command, batch, logRecord].find(({ read }) => read(record).ok);
  if (!kind)
    return { as: 'anything of ours', verdict: 'no reader of ours knows this topic', readable: false };
  const read = kind.read(record);
  return read.ok
    ? { as: kind.as, verdict: `reads as ${kind.as}: ${read.value.type}`, readable: true }
    : {
        as: kind.as,
        verdict: `is not ${kind.as}: ${read.error.code}: ${read.error.reason}`,
        readable: false,
      };
};

/** Fields that hold what people wrote or who they are. */
const personal: ReadonlySet<string> = new Set([
  'text',
  'body',
  'response',
  'name',
  'answers',
  'mediaUrl',
  'mediaUrls',
  'employerName',
  'personId',
]);

const withoutPhones = (text: string): string =>
  text.replaceAll(/\+[1-9]\d{6,14}/g, (phone) => maskPhone(phone));

const hidden = (value: unknown): string =>
  typeof value === 'string' ? `••• (${value.length} characters)` : '•••';

/** The value without what is personal. Each level is a copy: what was read stays as it is. */
export const redacted = (value: unknown): unknown => {
  if (typeof value === 'string') return withoutPhones(value);
  if (Array.isArray(value)) return value.map(redacted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      personal.has(name) ? hidden(field) : redacted(field),
    ]),
  );
};

/** What the bytes of a record are. */
export type Body =
  | { readonly kind: 'null' }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'binary'; readonly hex: string };

const utf8 = new TextDecoder('utf8', { fatal: true });

const textOf = (bytes: Buffer): string | undefined => {
  try {
    const text = utf8.decode(bytes);
    // Control characters other than line breaks and tabs would run in a terminal.
    return /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
};

/** Tells JSON, text and other bytes apart. */
export const bodyOf = (value: Buffer | null): Body => {
  if (value === null) return { kind: 'null' };
  const text = textOf(value);
  if (text === undefined) return { kind: 'binary', hex: value.toString('hex') };
  try {
    return { kind: 'json', value: JSON.parse(text) as unknown };
  } catch {
    return { kind: 'text', text };
  }
};

const longest = { json: 20_000, hex: 1_024 };
const cut = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit)}… (${text.length} characters; --full shows all)`;

const hexLines = (hex: string): string => (hex.match(/.{1,64}/g) ?? []).join('\n');

/** A body as a person reads it; without `full`, what is personal is left out. */
export const shownBody = (body: Body, full: boolean): string => {
  switch (body.kind) {
    case 'null':
      return 'null: the record has no value';
    case 'json':
      return full
        ? JSON.stringify(body.value, null, 2)
        : cut(JSON.stringify(redacted(body.value), null, 2), longest.json);
    case 'text':
      return full ? body.text : `text that is not JSON, ${body.text.length} characters; --full shows it`;
    case 'binary':
      return `bytes:\n${hexLines(full ? body.hex : cut(body.hex, longest.hex))}`;
  }
};

const headersOf = ({ headers }: LogRecord, full: boolean): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, full ? value : withoutPhones(value)]),
  );

const keyOf = ({ key }: LogRecord, full: boolean): string | null => {
  if (key === null || full) return key;
  return maskPhone(key);
};

/** A record as lines for a person: where it stands, its headers, whether it can be read, its body. */
export const linesOfRecord = (record: LogRecord, full: boolean): readonly string[] => [
  `${record.topic} ${record.partition} ${record.offset}`,
  `written  ${new Date(record.timestamp).toISOString()}`,
  `key      ${keyOf(record, full) ?? '(none)'}`,
  `size     ${record.value?.length ?? 0} bytes`,
  `check    ${checkRecord(record).verdict}`,
  ...Object.entries(headersOf(record, full)).map(([name, value]) => `header   ${name}: ${value}`),
  shownBody(bodyOf(record.value), full),
];

const jsonBody = (body: Body, full: boolean): unknown => {
  switch (body.kind) {
    case 'null':
      return null;
    case 'json':
      return full ? body.value : redacted(body.value);
    case 'text':
      return full ? body.text : shownBody(body, false);
    case 'binary':
      return { hex: body.hex };
  }
};

/** A record as one JSON object. */
export const jsonOfRecord = (record: LogRecord, full: boolean): string => {
  const { topic, partition, offset, timestamp } = record;
  const { readable, verdict } = checkRecord(record);
  return JSON.stringify({
    topic,
    partition,
    offset,
    at: new Date(timestamp).toISOString(),
    key: keyOf(record, full),
    headers: headersOf(record, full),
    bytes: record.value?.length ?? 0,
    readable,
    verdict,
    body: jsonBody(bodyOf(record.value), full),
  });
};
