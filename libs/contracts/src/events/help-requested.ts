import { z } from 'zod';
import { reasked } from './asked-prompt';
import { event } from './event';

export const helpRequested = event('HelpRequested', {
  says: 'The trainee asked for help. `prompt` is the open question, put again.',
  fields: { word: z.string(), ...reasked },
  sample: {
    word: 'HELP',
    prompt: {
      slug: 'how-long',
      language: 'en',
      position: 1,
      of: 4,
      messages: [
        {
          text: '{{name}}, how long should you wash your hands at {{company}}?\n{{options}}',
          media: 'hand-washing/sink.jpg',
        },
      ],
      options: [
        { id: 'a', text: 'for 10 seconds' },
        { id: 'b', text: 'for 20 seconds' },
      ],
    },
  },
});
