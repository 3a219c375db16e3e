import { z } from 'zod';
import { event } from './event';

export const demoRequested = event('DemoRequested', {
  says: 'Somebody asked for a demonstration.',
  fields: { word: z.string() },
  sample: { word: 'opus' },
});
