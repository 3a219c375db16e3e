import { reasked } from './asked-prompt';
import { event } from './event';

export const menuRequested = event('MenuRequested', {
  says: 'The trainee asked what can be texted. `prompt` is the open question, put again.',
  fields: reasked,
  sample: {
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
