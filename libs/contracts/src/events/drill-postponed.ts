import { z } from 'zod';
import { occurrenceSchema } from '../delivery';
import { drillSlugSchema, runIdSchema } from '../ids';
import { event } from './event';

export const drillPostponed = event('DrillPostponed', {
  says: 'A drill was to be started unasked, and was held back, for a reason of the trainee (`optedOut`, `paused`, `busy`: not where the start expects them), of time (`outsideWindow`, `expired`), or of ours (`budget`, `congestion`). The run in progress goes on, the trainee hears nothing; `runId` is the run that did not begin. Who keeps schedules sets this one anew on this event.',
  fields: {
    drill: drillSlugSchema,
    reason: z.enum(['congestion', 'budget', 'expired', 'busy', 'optedOut', 'paused', 'outsideWindow']),
    occurrence: occurrenceSchema.optional(),
    runId: runIdSchema.optional(),
  },
  sample: { drill: 'hand-washing', reason: 'congestion' },
});
