import type { Runtime } from '@stopcovid/runtime';
import { twilioSettingsOf, type SenderSettings } from './config';
import { twilioGateway } from './twilio-gateway';

/** The gateway of the configuration. At debug there is a line for each call, with nothing of what the call carried. */
export const carrierGateway = (
  config: SenderSettings,
  { logger }: Pick<Runtime, 'logger'>,
): ReturnType<typeof twilioGateway> =>
  twilioGateway({ ...twilioSettingsOf(config), observe: (call) => logger.debug(call, 'call to Twilio') });
