import { ConfigError, loadConfig } from '@stopcovid/runtime';
import type { TwilioAccess } from '@stopcovid/twilio';
import type { TwilioLib } from './carrier-messages';
import { UsageError } from './exit';

class NothingElse {}

/** The account that the environment describes. Throws UsageError with what is missing or wrong. */
export const twilioAccessFrom = (
  environment: NodeJS.ProcessEnv,
  { twilioAccessOf, withTwilio }: TwilioLib,
): TwilioAccess => {
  try {
    return twilioAccessOf(loadConfig(withTwilio(NothingElse, ['TWILIO_ACCOUNT_SID']), environment));
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.problems.join('\n'));
    throw error;
  }
};
