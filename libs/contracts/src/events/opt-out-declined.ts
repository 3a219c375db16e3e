import { event } from './event';

export const optOutDeclined = event('OptOutDeclined', {
  says: 'The text after that question did not confirm it.',
  fields: {},
  sample: {},
});
