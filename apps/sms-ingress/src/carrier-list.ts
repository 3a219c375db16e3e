import { messagePages, type CarrierMessage, type Twilio } from '@stopcovid/twilio';

/** A text to us as the carrier's list has it. */
export type ListedText = {
  readonly sid: string;
  /** As the carrier writes them, with `whatsapp:` where it came that way. */
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly media: number;
  readonly segments?: number;
  /** When the carrier got it, in milliseconds since 1970. */
  readonly at: number;
};

/** The texts that came in at this time (milliseconds since 1970) or later, newest first, page by page, until the signal. */
export type CarrierList = (sinceMs: number, until: AbortSignal) => AsyncIterable<readonly ListedText[]>;

const toListed = ({ sid, from, to, body, media, segments, at }: CarrierMessage): ListedText => ({
  sid,
  from,
  to,
  body,
  media,
  ...(segments === undefined ? {} : { segments }),
  at: at.getTime(),
});

/**
 * The list of an account, to each of our numbers; without any, all that came in is picked from all that went out.
 * Rejects as `messagePages` does; a broken answer ends the reading.
 */
export const carrierList = (twilio: Twilio, numbers: readonly string[]): CarrierList => {
  const listOf = async function* (to: string | undefined, sinceMs: number, signal: AbortSignal) {
    const query = { since: new Date(sinceMs), ...(to === undefined ? {} : { to }) };
    for await (const page of messagePages(twilio, query, { signal })) {
      const inbound = page.filter(({ direction }) => direction === 'inbound').map(toListed);
      yield inbound.filter(({ at }) => at >= sinceMs);
      /* The filter is by day, the list newest first: what follows an older text is older still. */
      if (inbound.some(({ at }) => at < sinceMs)) return;
    }
  };
  return async function* (sinceMs, until) {
    for (const to of numbers.length === 0 ? [undefined] : numbers) yield* listOf(to, sinceMs, until);
  };
};
