import { proactive, rungSchema } from '../delivery';
import { askedPromptSchema } from './asked-prompt';
import { event, repeated, run } from './event';

export const traineeReminded = event('TraineeReminded', {
  says: 'The open question was put again, because no answer came.',
  fields: { ...run, prompt: askedPromptSchema, rung: rungSchema.optional(), ...repeated, ...proactive },
  sample: {
    runId: '7c1f0a52-3d0e-4b6f-9a55-0c1d2e3f4a5b',
    drill: 'hand-washing',
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
