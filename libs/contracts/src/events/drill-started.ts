import { z } from 'zod';
import { plannedRepeatsSchema, proactive } from '../delivery';
import { passMarkSchema } from '../drill';
import { drillHashSchema, runIdSchema } from '../ids';
import { askedPromptSchema } from './asked-prompt';
import { alone, event, repeated, run } from './event';

export const drillStarted = event('DrillStarted', {
  says: 'A run of a drill began; its first prompt was put. With `repeats`, prompts of earlier drills come first, and `repeat` is the one that was put. `repeatsOnly`: nothing comes after these. `last`: no drill of the course is left after it. `goesOn`: after an opt-in it goes on where an opt-out cut that other run off, with its score until then. `passMark`: how many percent of its graded prompts must be right at the first attempt, where the revision says so.',
  fields: {
    ...run,
    revision: drillHashSchema,
    reason: z.string(),
    goesOn: z.object({ runId: runIdSchema, right: z.int().min(0), graded: z.int().min(0) }).optional(),
    prompt: askedPromptSchema,
    repeats: plannedRepeatsSchema.optional(),
    ...repeated,
    ...alone,
    last: z.literal(true).optional(),
    passMark: passMarkSchema.optional(),
    ...proactive,
  },
  sample: {
    runId: '7c1f0a52-3d0e-4b6f-9a55-0c1d2e3f4a5b',
    drill: 'hand-washing',
    revision: '3f5a3f5a3f5a3f5a3f5a3f5a3f5a3f5a3f5a3f5a3f5a3f5a3f5a3f5a3f5a3f5a',
    reason: 'scheduled',
    last: true,
    prompt: {
      slug: 'how-long',
      language: 'en',
      position: 1,
      of: 4,
      messages: [
        {
          text: '{{name}}, how long should you wash your hands at {{company}}?\n{{options}}',
          media: 'hand-washing/sink.jpg',
        },
      ],
      options: [
        { id: 'a', text: 'for 10 seconds' },
        { id: 'b', text: 'for 20 seconds' },
      ],
    },
  },
});
