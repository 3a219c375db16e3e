import { z } from 'zod';
import { askedPromptSchema } from './asked-prompt';
import { event } from './event';

/** `word` is what was texted; `by` is who resumed it by command; `prompt` is the open question, put again. */
export const scheduleResumed = event('ScheduleResumed', {
  says: 'What is proactive goes on. Somebody who texts that without having paused is told the same.',
  fields: {
    source: z.enum(['text', 'operator']),
    word: z.string().optional(),
    by: z.string().optional(),
    prompt: askedPromptSchema.optional(),
  },
  sample: { source: 'text', word: 'RESUME' },
});
