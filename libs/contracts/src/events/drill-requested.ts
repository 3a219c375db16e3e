import { z } from 'zod';
import { drillSlugSchema } from '../ids';
import { event } from './event';

export const drillRequested = event('DrillRequested', {
  says: 'The trainee asked for a drill by a keyword, which may name it.',
  fields: { word: z.string(), drill: drillSlugSchema.optional() },
  sample: { word: 'name', drill: 'change-name' },
});
