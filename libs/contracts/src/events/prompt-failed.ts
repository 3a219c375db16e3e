import { z } from 'zod';
import { optionIdSchema } from '../ids';
import { askedPromptSchema, clarificationSchema } from './asked-prompt';
import { answer, event, repeated } from './event';

/**
 * `abandoned`: that was the last attempt, `correctAnswer` is revealed and the drill moves on. `graded` is false where a
 * reply could not be stored but no answer is right. `asks` is there where the reply was unclear once too often: what is
 * wanted is said again, and nothing is called wrong. `again` is the question where its options are no longer on the
 * screen of a small phone: they are put again.
 */
export const promptFailed = event('PromptFailed', {
  says: 'A wrong answer; `abandoned` after the last attempt, when the right one is revealed. `graded: false` where only a number or a yes or no was asked for, and nothing counts. With `again`, the options of that question are put again.',
  fields: {
    ...answer,
    ...repeated,
    attempt: z.int().min(1),
    option: optionIdSchema.optional(),
    abandoned: z.boolean(),
    graded: z.literal(false).optional(),
    correctAnswer: z.string().optional(),
    asks: clarificationSchema.optional(),
    again: askedPromptSchema.optional(),
  },
  sample: {
    runId: '7c1f0a52-3d0e-4b6f-9a55-0c1d2e3f4a5b',
    drill: 'hand-washing',
    prompt: 'how-long',
    response: null,
    rule: 'empty',
    attempt: 2,
    abandoned: true,
    correctAnswer: 'b) for 20 seconds',
  },
});
