import { z } from 'zod';
import { proactive } from '../delivery';
import { localDateSchema } from '../ids';
import { pauseReasonSchema } from '../trainee';
import { event } from './event';

/** `word` is what was texted; `by` is who paused it by command. */
export const schedulePaused = event('SchedulePaused', {
  says: 'Nothing proactive is sent from now on, up to `until` if there is one: a text asked for that, an operator did, or reminders were left unanswered. Replies and drills that are asked for go on.',
  fields: {
    reason: pauseReasonSchema,
    until: localDateSchema.optional(),
    word: z.string().optional(),
    by: z.string().optional(),
    ...proactive,
  },
  sample: { reason: 'text', word: 'PAUSE' },
});
