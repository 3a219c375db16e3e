import { comparableText } from '@stopcovid/twilio';
import type { Ambiguous, OutboxItem } from '../outbox/outbox';
import type { ListedText } from './text-gateway';

/** The carrier's clock may differ from ours, and it cuts times to whole seconds. */
const clockSkewMs = 5_000;

/**
 * The listed text that is this one: outbound, same words, made no earlier than our call, and not already known as
 * another. Of several, the oldest: texts to one phone go out one after another.
 */
export const matchListed = (
  item: OutboxItem & { delivery: Ambiguous },
  listed: readonly ListedText[],
  known: ReadonlySet<string>,
): ListedText | undefined => {
  const body = comparableText(item.body);
  const since = item.delivery.since - clockSkewMs;
  return listed
    .filter((text) => text.outbound && !known.has(text.sid) && text.createdAt >= since)
    .filter((text) => comparableText(text.body) === body)
    .sort((a, b) => a.createdAt - b.createdAt)[0];
};
