import { maskPhone } from './mask-phone';

const phones: ReadonlySet<string> = new Set(['phone', 'key', 'from', 'to', 'From', 'To']);
const words: ReadonlySet<string> = new Set([
  'text',
  'body',
  'Body',
  'password',
  'token',
  'value',
  'authorization',
]);

const deepest = 6;

type Entry = Readonly<Record<string, unknown>>;

/** The names of fields that never show what they hold. */
export const personalNames: readonly string[] = [...phones, ...words];

/** What a log line may show of a field of this name. */
export const shown = (name: string, value: unknown): unknown => {
  if (value === null || value === undefined) return value;
  if (phones.has(name)) return typeof value === 'string' ? maskPhone(value) : '[hidden]';
  return words.has(name) ? '[hidden]' : value;
};

/** Things with a meaning of their own for whoever writes the line; errors are looked through once they are written. */
const isPlain = (value: unknown): value is Entry => {
  if (value === null || typeof value !== 'object') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Array.isArray(value);
};

/** The same line without what people wrote and with phones masked, however deep they stand. Copies only what changes. */
export const hidePersonal = (entry: Entry, depth = 0): Entry => {
  let copy: Record<string, unknown> | undefined;
  for (const name of Object.keys(entry)) {
    const value = entry[name];
    const named = shown(name, value);
    const after =
      named === value && isPlain(value) && depth < deepest ? hidePersonal(value, depth + 1) : named;
    if (after === value) continue;
    copy ??= Array.isArray(entry) ? Object.assign([], entry) : { ...entry };
    copy[name] = after;
  }
  return copy ?? entry;
};
