import { z } from 'zod';
import { event } from './event';

export const optOutQuestioned = event('OptOutQuestioned', {
  says: 'A text that is no keyword plainly asked us to stop. We ask back, once.',
  fields: { text: z.string() },
  sample: { text: 'please stop texting me' },
});
