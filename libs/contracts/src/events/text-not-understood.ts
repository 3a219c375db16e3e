import { z } from 'zod';
import { event } from './event';

export const textNotUnderstood = event('TextNotUnderstood', {
  says: 'A text that is neither an answer nor a word that we know. `media` counts its attachments.',
  fields: { text: z.string(), media: z.int().min(0).optional() },
  sample: { text: 'pomegranate', media: 2 },
});
