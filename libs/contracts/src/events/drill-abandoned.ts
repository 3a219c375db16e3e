import { z } from 'zod';
import { promptSlugSchema } from '../ids';
import { alone, event, run } from './event';

export const drillAbandoned = event('DrillAbandoned', {
  says: 'The run ended early. One that an opt-out cut off may go on as another; abandoned once more, for another reason, it does not. `repeatsOnly`: it was a run of repeats alone.',
  fields: {
    ...run,
    prompt: promptSlugSchema.optional(),
    reason: z.enum([
      'replaced',
      'optedOut',
      'updated',
      'keyword',
      'registered',
      'expired',
      'idle',
      'operator',
    ]),
    ...alone,
  },
  sample: {
    runId: '7c1f0a52-3d0e-4b6f-9a55-0c1d2e3f4a5b',
    drill: 'hand-washing',
    prompt: 'how-long',
    reason: 'optedOut',
  },
});
