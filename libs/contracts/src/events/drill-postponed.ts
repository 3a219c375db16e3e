import { z } from 'zod';
import { drillSlugSchema } from '../ids';
import { event } from './event';

export const drillPostponed = event('DrillPostponed', {
  says: 'A schedule wanted to start a drill, and it was held back: too many phones wait for their texts, or the employer’s budget is spent. The run in progress goes on, the trainee hears nothing. Who keeps schedules sets this one anew on this event.',
  fields: { drill: drillSlugSchema, reason: z.enum(['congestion', 'budget']) },
  sample: { drill: 'hand-washing', reason: 'congestion' },
});
