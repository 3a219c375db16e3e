import { z } from 'zod';
import { drillSlugSchema } from '../ids';
import { askedPromptSchema } from './asked-prompt';
import { event } from './event';

export const drillDeferred = event('DrillDeferred', {
  says: 'The trainee asked for another drill by a keyword while a question was open that takes other answers. `prompt` is that question, put again: it comes first.',
  fields: { word: z.string(), drill: drillSlugSchema.optional(), prompt: askedPromptSchema },
  sample: {
    word: 'name',
    drill: 'change-name',
    prompt: {
      slug: 'how-long',
      language: 'en',
      position: 1,
      of: 4,
      messages: [{ text: 'How long should you wash your hands?\n{{options}}' }],
      options: [
        { id: 'a', text: 'for 10 seconds' },
        { id: 'b', text: 'for 20 seconds' },
      ],
    },
  },
});
