import { z } from 'zod';
import { event } from './event';

export const registrationUnavailable = event('RegistrationUnavailable', {
  says: 'The registration service did not answer in time; nothing was decided about the code.',
  fields: { code: z.string(), source: z.string() },
  sample: { code: 'verde-17', source: 'website' },
});
