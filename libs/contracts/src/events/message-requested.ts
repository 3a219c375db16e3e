import { z } from 'zod';
import { noticeSchema } from '../commands';
import { proactive } from '../delivery';
import { event } from './event';

export const messageRequested = event('MessageRequested', {
  says: 'A message of an operator, or one of our own notices, is to be sent; `text` is already in the trainee’s language.',
  fields: {
    text: z.string().optional(),
    mediaUrl: z.string().optional(),
    notice: noticeSchema.optional(),
    broadcastId: z.string().optional(),
    ...proactive,
  },
  sample: { text: 'The kitchen closes at four today.', mediaUrl: 'https://media.example.com/kitchen.jpg' },
});
