import { z } from 'zod';
import { event } from './event';

export const textNotUnderstood = event('TextNotUnderstood', {
  says: 'A text that is neither an answer nor a word that we know. `media` counts its attachments; `rule: MachineText` is one that a phone or a network wrote, which nobody answers.',
  fields: { text: z.string(), media: z.int().min(0).optional(), rule: z.literal('MachineText').optional() },
  sample: { text: 'pomegranate', media: 2 },
});
