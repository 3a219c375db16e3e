import { z } from 'zod';
import { event } from './event';

export const traineeErased = event('TraineeErased', {
  says: 'The person behind the phone is forgotten: whoever reads this removes what the earlier batches of the phone said of them, and counts it no more. The trainee after it is nobody’s, but for an opt-out, which stays. `by` names who asked for it.',
  fields: { by: z.string().optional() },
  sample: { by: 'privacy-desk' },
});
