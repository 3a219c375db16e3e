import type { Runtime } from '@stopcovid/runtime';
import { connectTwilio, twilioAccessOf } from '@stopcovid/twilio';
import { twilioSettingsOf, type SenderSettings } from '../config';
import { looksAtOnce } from './calls-at-once';
import type { TextGateway } from './text-gateway';
import { twilioGateway } from './twilio-gateway';

/**
 * The gateway of the configuration; `close` lets its connections go. At debug there is a line for each call, with nothing
 * of what the call carried. Throws a ConfigError when the configuration lets nobody call or send.
 */
export const carrierGateway = (
  config: SenderSettings,
  { logger }: Pick<Runtime, 'logger'>,
): TextGateway & { close(): void } => {
  const settings = twilioSettingsOf(config);
  const twilio = connectTwilio(twilioAccessOf(config), {
    timeoutMs: config.TWILIO_TIMEOUT_MS,
    maxSockets: config.SMS_IN_FLIGHT + looksAtOnce(config.SMS_IN_FLIGHT),
    observe: (call) => logger.debug(call, 'call to Twilio'),
  });
  return { ...twilioGateway(twilio, settings), close: twilio.close };
};
