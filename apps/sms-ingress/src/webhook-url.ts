import { webhookTries } from '@stopcovid/twilio';

/** What to paste into Twilio's console. */
export const webhookUrl = (publicUrl: URL): string =>
  `${publicUrl.href.replace(/(?<![/?#])[/?#]*$/, '')}/webhooks/twilio${webhookTries}`;
