import { z } from 'zod';
import { promptSlugSchema, runIdSchema, drillSlugSchema } from './ids';

/** What a reply can be taken for that is judged at all: right or wrong, or one that means no one answer. */
const judgedAs = z.enum(['right', 'wrong', 'unclear']);

/**
 * What a person ruled on one reply. `reply` is its place among all judged replies of the run, from 1, those of a run that
 * it goes on with among them; `attempt` is absent for one that was unclear. `ruling` says of which group of replies, and
 * the how many-th ruling on it: a later one is never undone by an earlier. `withdrawn`: it counts again as it was judged.
 */
export const ruled = {
  runId: runIdSchema,
  drill: drillSlugSchema,
  prompt: promptSlugSchema,
  reply: z.int().min(1),
  attempt: z.int().min(1).optional(),
  response: z.string(),
  was: judgedAs,
  now: judgedAs,
  withdrawn: z.literal(true).optional(),
  ruling: z.object({ group: z.string().min(1).max(256), number: z.int().min(1) }),
};
