import type * as twilioLib from '@stopcovid/twilio';
import { UnavailableError, UsageError } from './exit';
import type { Stretch } from './newest-first';

/** The carrier's own log of an account. Both reject with UsageError or UnavailableError, which say why. */
export interface CarrierMessages {
  /** At least what was sent in this time, newest first, page by page. */
  list(range: Stretch): AsyncIterable<readonly twilioLib.CarrierMessage[]>;
  /** Those of these messages that the carrier has, listed or not. */
  fetch(sids: readonly string[]): Promise<readonly twilioLib.CarrierMessage[]>;
}

/** Loaded by the one command that needs it: the carrier's client takes its time to load. */
export type TwilioLib = typeof twilioLib;

const dayMs = 86_400_000;
const refusals: ReadonlySet<number | undefined> = new Set([400, 401, 403, 404]);

const toOurs = (error: unknown, { refusalIn }: TwilioLib): Error => {
  const status = refusalIn(error)?.status;
  const said = error instanceof Error ? error.message : 'no reason given';
  return refusals.has(status)
    ? new UsageError(
        `Twilio refuses (${status}): ${said}. Are TWILIO_ACCOUNT_SID and its token or key right?`,
      )
    : new UnavailableError(`Twilio does not answer as it should: ${said}`);
};

/** The log of a Twilio account. */
export const carrierMessages = (twilio: twilioLib.Twilio, lib: TwilioLib): CarrierMessages => ({
  list: async function* ({ from, to }) {
    /* The filter may be by whole days (UTC), its end not included. */
    const before = new Date((Math.floor(to / dayMs) + 1) * dayMs);
    try {
      yield* lib.messagePages(twilio, { since: new Date(from), before });
    } catch (error) {
      throw toOurs(error, lib);
    }
  },
  fetch: async (sids) => {
    try {
      return await lib.fetchMessages(twilio, sids);
    } catch (error) {
      throw toOurs(error, lib);
    }
  },
});
