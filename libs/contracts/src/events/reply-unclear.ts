import { z } from 'zod';
import { clarificationSchema } from './asked-prompt';
import { answer, event, repeated } from './event';

/**
 * `why`: it says nothing, asks us something, fits more than one answer, denies one, or means none. `count` is 1 for the
 * first unclear reply to this prompt of this run.
 */
export const replyUnclear = event('ReplyUnclear', {
  says: 'A reply that means no one answer. It costs no attempt; what is wanted is said again.',
  fields: {
    ...answer,
    ...repeated,
    why: z.enum(['nothing', 'askedBack', 'several', 'denied', 'none']),
    count: z.int().min(1),
    asks: clarificationSchema,
  },
  sample: {
    runId: '7c1f0a52-3d0e-4b6f-9a55-0c1d2e3f4a5b',
    drill: 'hand-washing',
    prompt: 'how-long',
    response: 'a or b',
    rule: 'Ambiguous',
    why: 'several',
    count: 1,
    asks: {
      wants: 'option',
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
  },
});
