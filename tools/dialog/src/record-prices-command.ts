import { kafkaPublisher } from '@stopcovid/kafka';
import { mongoMessageStore } from '@stopcovid/progress-tracker';
import type { Command } from 'commander';
import { carrierMessages } from './carrier-messages';
import { recordPrices } from './record-prices';
import { onServers, withServerOptions, type ServerFlags } from './servers';
import { sinceTyped, type Since } from './stretch-typed';
import type { Surroundings } from './surroundings';
import { twilioAccessFrom } from './twilio-access';

type Flags = ServerFlags & { readonly since: Since };

const help = `
Twilio makes prices known some time after a message is through: look back some days each night.
Twilio: TWILIO_ACCOUNT_SID, and TWILIO_AUTH_TOKEN or TWILIO_API_KEY_SID with TWILIO_API_KEY_SECRET; TWILIO_API_URL.`;

/** `dialog record-prices`: what Twilio charged, into the message log. */
export const addRecordPrices = (program: Command, surroundings: Surroundings): void => {
  const command = program
    .command('record-prices')
    .requiredOption('--since <time>', 'from here on: a time, or 8d for eight days back', sinceTyped)
    .addHelpText('after', help);
  withServerOptions(command).action(async (flags: Flags) => {
    const now = new Date();
    const { since } = flags;
    const range = { from: 'at' in since ? since.at : now.getTime() - since.ago, to: now.getTime() };
    const lib = await import('@stopcovid/twilio');
    const twilio = lib.connectTwilio(twilioAccessFrom(surroundings.environment, lib));
    try {
      surroundings.ending.code = await onServers(
        { flags, changes: true },
        surroundings,
        async ({ mongo, kafka }) => {
          const publisher = kafkaPublisher(kafka);
          try {
            const store = await mongoMessageStore(mongo);
            const { terminal } = surroundings;
            return await recordPrices(
              { store, carrier: carrierMessages(twilio, lib), publisher, terminal },
              { range, now },
            );
          } finally {
            await publisher.close();
          }
        },
      );
    } finally {
      twilio.close();
    }
  });
};
