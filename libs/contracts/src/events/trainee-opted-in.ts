import { z } from 'zod';
import { commandIdSchema, languageSchema } from '../ids';
import { event } from './event';

/**
 * `confirmedBy` the carrier: it has told the trainee already. `cutOff` is there where the opt-out cut a drill off: what
 * becomes of it.
 */
export const traineeOptedIn = event('TraineeOptedIn', {
  says: 'The trainee asked for messages again.',
  fields: {
    source: z.literal('text'),
    word: z.string(),
    confirmedBy: z.literal('carrier').optional(),
    language: languageSchema.optional(),
    messageId: commandIdSchema.optional(),
    cutOff: z.enum(['goesOn', 'anew']).optional(),
  },
  sample: {
    source: 'text',
    word: 'START',
    confirmedBy: 'carrier',
    language: 'en',
    messageId: 'SM00000000000000000000000000000010',
  },
});
