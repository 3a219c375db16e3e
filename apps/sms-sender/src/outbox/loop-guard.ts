import { createHash } from 'node:crypto';
import type { OutboxItem, Repeat } from './outbox';

/** The same text to one phone more than `limit` times within `windowMs` is taken for two machines in conversation. */
export type LoopRule = { readonly limit: number; readonly windowMs: number };

type Said = Pick<OutboxItem, 'body' | 'media'>;
const textsKept = 32;

const digestOf = ({ body, media = '' }: Said): string =>
  createHash('sha256').update(`${body}\0${media}`).digest('base64url').slice(0, 12);

const current = (repeats: readonly Repeat[], at: number, { windowMs }: LoopRule): readonly Repeat[] =>
  repeats.filter(({ since }) => at - since < windowMs && at >= since);

/** Was this text said so often lately that saying it once more looks like a loop? */
export const isLooping = (
  repeats: readonly Repeat[],
  text: Said,
  now: { at: number; rule: LoopRule },
): boolean => {
  const digest = digestOf(text);
  const known = current(repeats, now.at, now.rule).find((each) => each.text === digest);
  return (known?.count ?? 0) >= now.rule.limit;
};

/** The counts after this text was handed over; what is past its window is forgotten. */
export const countRepeat = (
  repeats: readonly Repeat[],
  text: Said,
  { at, rule }: { at: number; rule: LoopRule },
): readonly Repeat[] => {
  const digest = digestOf(text);
  const lately = current(repeats, at, rule);
  const known = lately.find((each) => each.text === digest);
  const others = lately.filter((each) => each.text !== digest);
  const counted = { text: digest, since: known?.since ?? at, count: (known?.count ?? 0) + 1 };
  return [...others, counted].slice(-textsKept);
};
