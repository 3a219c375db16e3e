import { z } from 'zod';
import { alone, event, run } from './event';

export const drillCompleted = event('DrillCompleted', {
  says: 'The run ended; `right` of `graded` questions were answered rightly, at whichever attempt. `last`: no drill of the course was left after it when it began. `repeatsOnly`: it was a run of repeats alone, and no drill was completed. `quiet`: its own last words are the last, and we add none.',
  fields: {
    ...run,
    right: z.int().min(0),
    graded: z.int().min(0),
    autoContinue: z.boolean(),
    last: z.literal(true).optional(),
    quiet: z.literal(true).optional(),
    ...alone,
  },
  sample: {
    runId: '7c1f0a52-3d0e-4b6f-9a55-0c1d2e3f4a5b',
    drill: 'hand-washing',
    right: 1,
    graded: 2,
    autoContinue: false,
    last: true,
  },
});
