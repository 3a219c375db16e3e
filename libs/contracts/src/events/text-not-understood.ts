import { z } from 'zod';
import { event } from './event';

export const textNotUnderstood = event('TextNotUnderstood', {
  says: 'A text that is neither an answer nor a word that we know. `media` counts its attachments; `rule: MachineText` is one that a phone or a network wrote, which nobody answers. `afterOptOut` is a yes from who has just confirmed an opt-out: no opt-in, and answered with how to come back.',
  fields: {
    text: z.string(),
    media: z.int().min(0).optional(),
    rule: z.literal('MachineText').optional(),
    afterOptOut: z.literal(true).optional(),
  },
  sample: { text: 'pomegranate', media: 2 },
});
