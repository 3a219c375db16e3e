import { z } from 'zod';
import { commandIdSchema, languageSchema } from '../ids';
import { event } from './event';

/** For the ledger of consent: `messageId` is that of the text, `language` what its sender read at the time. */
export const traineeOptedOut = event('TraineeOptedOut', {
  says: 'The trainee, an operator or the carrier ended the messages.',
  fields: {
    source: z.enum(['text', 'operator', 'carrier']),
    word: z.string().optional(),
    detail: z.string().optional(),
    language: languageSchema.optional(),
    messageId: commandIdSchema.optional(),
  },
  sample: { source: 'carrier', detail: '21610' },
});
