import { z } from 'zod';
import { event } from './event';

export const registrationRefused = event('RegistrationRefused', {
  says: 'The code is not known.',
  fields: { code: z.string(), source: z.string() },
  sample: { code: 'verde-71', source: 'text' },
});
