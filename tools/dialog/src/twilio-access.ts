import { ConfigError, loadConfig, Secret, Setting } from '@stopcovid/runtime';
import type { CarrierAccess } from '@stopcovid/sms-ingress';
import { Matches } from 'class-validator';
import { UsageError } from './exit';

class TwilioAccessConfig {
  @Setting({ description: "The Twilio account's sid.", example: 'AC00000000000000000000000000000001' })
  @Matches(/^AC[0-9a-zA-Z]{32}$/)
  readonly TWILIO_ACCOUNT_SID!: string;

  @Setting({ description: "The account's auth token.", example: 'the-present-token', optional: true })
  readonly TWILIO_AUTH_TOKEN?: Secret;

  @Setting({
    description: 'An API key to use instead of the auth token.',
    example: 'SK00000000000000000000000000000001',
    optional: true,
  })
  @Matches(/^SK[0-9a-zA-Z]{32}$/)
  readonly TWILIO_API_KEY_SID?: string;

  @Setting({ description: "The API key's secret.", example: 'a-long-secret', optional: true })
  readonly TWILIO_API_KEY_SECRET?: Secret;

  @Setting({ description: "Where Twilio's API is, or an emulator of it.", example: 'https://api.twilio.com' })
  readonly TWILIO_API_URL: URL = new URL('https://api.twilio.com');
}

const read = (environment: NodeJS.ProcessEnv): TwilioAccessConfig => {
  try {
    return loadConfig(TwilioAccessConfig, environment);
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.problems.join('\n'));
    throw error;
  }
};

/** The account that the environment describes. Throws UsageError with what is missing or wrong. */
export const twilioAccessFrom = (environment: NodeJS.ProcessEnv): CarrierAccess => {
  const config = read(environment);
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_API_URL: apiUrl } = config;
  const { TWILIO_API_KEY_SID: key, TWILIO_API_KEY_SECRET: secret } = config;
  if ((key === undefined) !== (secret === undefined))
    throw new UsageError('TWILIO_API_KEY_SID and TWILIO_API_KEY_SECRET go together: set both or neither');
  if (key !== undefined && secret !== undefined)
    return { accountSid, username: key, password: secret.reveal(), apiUrl };
  /* Services take several tokens during a rotation; calls are made with the first. */
  const token = config.TWILIO_AUTH_TOKEN?.reveal().split(',')[0]?.trim();
  if (!token) throw new UsageError('Set TWILIO_AUTH_TOKEN, or TWILIO_API_KEY_SID and TWILIO_API_KEY_SECRET');
  return { accountSid, username: accountSid, password: token, apiUrl };
};
