import { z } from 'zod';
import { event } from './event';

export const thanksReceived = event('ThanksReceived', {
  says: 'The trainee said thank you.',
  fields: { text: z.string() },
  sample: { text: 'muchas gracias' },
});
