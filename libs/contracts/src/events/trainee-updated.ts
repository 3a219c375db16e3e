import { z } from 'zod';
import { accountSchema } from '../trainee';
import { changedProfileSchema, event } from './event';

/** `account` is what was told anew, `forgotten` names the fields of the account that are no longer known. */
export const traineeUpdated = event('TraineeUpdated', {
  says: 'The profile or the account changed. `account` is what was told anew, `forgotten` names its fields that are no longer known.',
  fields: {
    profile: changedProfileSchema,
    account: accountSchema,
    forgotten: z.array(z.string()).optional(),
  },
  sample: {
    profile: { name: null },
    account: { employerName: 'Casa Azul' },
    forgotten: ['unitId', 'unitName'],
  },
});
