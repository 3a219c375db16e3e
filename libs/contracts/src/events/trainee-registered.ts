import { z } from 'zod';
import { accountSchema } from '../trainee';
import { changedProfileSchema, event } from './event';

/** The code was good: the phone has an account. `source` is `text` or who enrolled it. */
export const traineeRegistered = event('TraineeRegistered', {
  says: 'The code was good: the phone has an account.',
  fields: {
    code: z.string(),
    demo: z.boolean(),
    source: z.string(),
    account: accountSchema,
    profile: changedProfileSchema.optional(),
  },
  sample: {
    code: 'verde-17',
    demo: false,
    source: 'website',
    account: { employerId: 'e-17', employerName: 'Casa Verde', labels: ['nights'] },
    profile: { name: 'Rosa', language: 'en' },
  },
});
