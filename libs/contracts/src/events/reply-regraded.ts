import { deliverySchema } from '../delivery';
import { ruled } from '../ruling';
import { event } from './event';

export const replyRegraded = event('ReplyRegraded', {
  says: 'A person has ruled on a reply: it `was` taken for one thing and counts as another `now`, or as before. `reply` is its place among the judged replies of its run, from 1; `attempt` is absent where it was unclear. `ruling` says which one it was of those on its group of replies: an earlier one changes nothing any more. `withdrawn`: it counts again as it was judged. The conversation goes on as it was. With `delivery` the trainee is told that it was right after all, inside it.',
  fields: { ...ruled, delivery: deliverySchema.optional() },
  sample: {
    runId: '7c1f0a52-3d0e-4b6f-9a55-0c1d2e3f4a5b',
    drill: 'hand-washing',
    prompt: 'how-long',
    reply: 1,
    attempt: 1,
    response: 'twenty sec',
    was: 'wrong',
    now: 'right',
    ruling: { group: 'hand-washing:how-long:4f2c9a1e', number: 1 },
    delivery: {
      notAfter: '2026-03-03T01:00:00.000Z',
      windows: [{ opens: '2026-03-02T15:00:00.000Z', closes: '2026-03-03T01:00:00.000Z' }],
    },
  },
});
