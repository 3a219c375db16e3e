import { reasked } from './asked-prompt';
import { event } from './event';

export const infoRequested = event('InfoRequested', {
  says: 'The trainee asked what this is. `prompt` is the open question, put again.',
  fields: reasked,
  sample: {
    prompt: {
      slug: 'soap',
      language: 'en',
      position: 2,
      of: 4,
      messages: [
        { text: 'What do you wash your hands with?' },
        { media: 'https://media.example.com/soap-en.jpg' },
      ],
    },
  },
});
