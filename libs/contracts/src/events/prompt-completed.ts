import { z } from 'zod';
import { ratingOfSchema } from '../drill';
import { optionIdSchema } from '../ids';
import { answerValueSchema } from '../trainee';
import { answer, changedProfileSchema, event, repeated } from './event';

/**
 * `correct` is absent where nothing was graded; `stored` is what went into the profile: an answer among answers, or, with
 * `profile`, what was understood of it. `rating` is a place on a scale from `least` to `most`.
 */
export const promptCompleted = event('PromptCompleted', {
  says: 'A prompt was answered; `correct` is absent where nothing was graded. `rating` is there where the prompt asks how sure or content the trainee is: their `value` on a scale from `least` to `most`.',
  fields: {
    ...answer,
    ...repeated,
    attempt: z.int().min(1),
    correct: z.literal(true).optional(),
    option: optionIdSchema.optional(),
    stored: z
      .object({ field: z.string(), value: answerValueSchema, profile: changedProfileSchema.optional() })
      .optional(),
    rating: z.object({ asks: ratingOfSchema, value: z.int(), least: z.int(), most: z.int() }).optional(),
  },
  sample: {
    runId: '7c1f0a52-3d0e-4b6f-9a55-0c1d2e3f4a5b',
    drill: 'hand-washing',
    prompt: 'how-long',
    response: 'b',
    rule: 'option',
    attempt: 1,
    correct: true,
    option: 'b',
    stored: { field: 'howLong', value: 20 },
  },
});
