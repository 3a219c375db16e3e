import {
  deadLetterTopic,
  languageSchema,
  phoneAsTyped,
  phoneSchema,
  timestampSchema,
  type Language,
  type Phone,
} from '@stopcovid/contracts';
import { InvalidArgumentError } from 'commander';
import { UsageError } from './exit';

/* What people type for topics, partitions and offsets. Each throws what it takes instead. */

export const partitionTyped = (text: string): number => {
  const partition = Number(text);
  if (!/^\d{1,6}$/.test(text))
    throw new InvalidArgumentError('It takes a partition: a whole number from 0 on.');
  return partition;
};

/** An option that may be given several times. */
export const severalTyped = (text: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  text,
];

/** Offsets stay text: they can be longer than a double holds. */
export const offsetTyped = (text: string): string => {
  if (!/^\d{1,19}$/.test(text))
    throw new InvalidArgumentError('It takes an offset: a whole number from 0 on.');
  return String(BigInt(text));
};

export const countTyped = (text: string): number => {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It takes a whole number from 1 on.');
  return Number(text);
};

/** A place among the batches of a phone; 0 is before the first. */
export const sequenceTyped = (text: string): number => {
  if (!/^\d{1,9}$/.test(text))
    throw new InvalidArgumentError("It takes a batch's sequence: a whole number from 0 on.");
  return Number(text);
};

/** One end of a range: an offset, or a time in milliseconds since 1970. Both ends belong to the range. */
export type Bound =
  | { readonly kind: 'offset'; readonly offset: bigint }
  | { readonly kind: 'time'; readonly ms: number };

const time = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z)?$/;

export const boundTyped = (text: string): Bound => {
  if (/^\d{1,19}$/.test(text)) return { kind: 'offset', offset: BigInt(text) };
  const ms = time.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms))
    throw new InvalidArgumentError('It takes an offset such as 1200, or a time such as 2026-03-01T17:05Z.');
  return { kind: 'time', ms };
};

const ending = deadLetterTopic('');

/** The dead letters of a topic, whichever of the two was named. */
export const deadTopicTyped = (text: string): string =>
  text.endsWith(ending) ? text : deadLetterTopic(text);

/** The topic whose dead letters these are. */
export const originOf = (topic: string): string =>
  topic.endsWith(ending) ? topic.slice(0, -ending.length) : topic;

/** A phone number as the person typed it. Throws what is wrong with it. */
export const phoneFrom = (typed: string): Phone => {
  const phone = phoneSchema.safeParse(phoneAsTyped(typed));
  if (!phone.success)
    throw new UsageError(`'${typed}' ${phone.error.issues[0]?.message ?? 'is no phone number'}`);
  return phone.data;
};

export const timestampTyped = (text: string): string => {
  const parsed = timestampSchema.safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError('It takes a time such as 2026-03-01T17:05:00Z.');
  return parsed.data;
};

export const languageTyped = (text: string): Language => {
  const parsed = languageSchema.safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError('It takes two lower-case letters such as es.');
  return parsed.data;
};

/** How rows are printed: `--csv`, `--json`, or as a table. */
export const formOf = ({
  csv,
  json,
}: {
  readonly csv?: boolean;
  readonly json?: boolean;
}): 'text' | 'csv' | 'json' => {
  if (csv && json) throw new UsageError('Give --csv or --json, not both.');
  if (csv) return 'csv';
  return json ? 'json' : 'text';
};
