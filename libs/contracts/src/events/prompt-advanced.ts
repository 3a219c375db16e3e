import { askedPromptSchema } from './asked-prompt';
import { event, repeated, run } from './event';

export const promptAdvanced = event('PromptAdvanced', {
  says: 'The next prompt was put.',
  fields: { ...run, prompt: askedPromptSchema, ...repeated },
  sample: {
    runId: '7c1f0a52-3d0e-4b6f-9a55-0c1d2e3f4a5b',
    drill: 'hand-washing',
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
