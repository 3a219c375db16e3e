import { z } from 'zod';
import { event } from './event';

export const nextDrillRequested = event('NextDrillRequested', {
  says: 'The trainee asked for the next drill of the course.',
  fields: { word: z.string() },
  sample: { word: 'MORE' },
});
