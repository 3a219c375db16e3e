import { z } from 'zod';
import { accountSchema, consentSchema } from '../trainee';
import { changedProfileSchema, event } from './event';

/** The code was good: the phone has an account. `source` is `text` or who enrolled it. */
export const traineeRegistered = event('TraineeRegistered', {
  says: 'The phone has an account: the code was good, or whoever enrolled it vouched for that. `consent` says how they had agreed to be texted.',
  fields: {
    code: z.string(),
    demo: z.boolean(),
    source: z.string(),
    account: accountSchema,
    profile: changedProfileSchema.optional(),
    consent: consentSchema.optional(),
  },
  sample: {
    code: 'verde-17',
    demo: false,
    source: 'website',
    account: { employerId: 'e-17', employerName: 'Casa Verde', labels: ['nights'] },
    profile: { name: 'Rosa', language: 'en' },
  },
});
