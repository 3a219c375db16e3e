import { plainSigns } from '@stopcovid/sms-copy';
import type { Ambiguous, OutboxItem } from './outbox/outbox';
import type { ListedText } from './carrier/text-gateway';

/** The carrier's clock may differ from ours, and it cuts times to whole seconds. */
const clockSkewMs = 5_000;
const trialPrefix = /^Sent from your Twilio trial account - /;
/** A text's words as both sides write them: the carrier may have replaced typographic signs by plain ones. */
export const comparable = (body: string): string => plainSigns(body.replace(trialPrefix, '')).trim();

/**
 * The listed text that is this one: outbound, same words, made no earlier than our call, and not already known as
 * another. Of several, the oldest: texts to one phone go out one after another.
 */
export const matchListed = (
  item: OutboxItem & { delivery: Ambiguous },
  listed: readonly ListedText[],
  known: ReadonlySet<string>,
): ListedText | undefined => {
  const body = comparable(item.body);
  const since = item.delivery.since - clockSkewMs;
  return listed
    .filter((text) => text.outbound && !known.has(text.sid) && text.createdAt >= since)
    .filter((text) => comparable(text.body) === body)
    .sort((a, b) => a.createdAt - b.createdAt)[0];
};
