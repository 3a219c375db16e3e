import { z } from 'zod';
import { channelSchema } from '../ids';
import { event } from './event';

export const channelChanged = event('ChannelChanged', {
  says: 'A text came by another channel, or from another spelling of the number: answers go there from now on.',
  fields: { channel: channelSchema, address: z.string().max(64).optional() },
  sample: { channel: 'whatsapp', address: '+5215512345678' },
});
