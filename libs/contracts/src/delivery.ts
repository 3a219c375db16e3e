import { z } from 'zod';
import { drillHashSchema, drillSlugSchema, promptSlugSchema, runIdSchema, timestampSchema } from './ids';

const windowSchema = z.object({ opens: timestampSchema, closes: timestampSchema });

const inOrder = (windows: readonly z.infer<typeof windowSchema>[]): boolean => {
  const edges = windows.flatMap(({ opens, closes }) => [Date.parse(opens), Date.parse(closes)]);
  return edges.every((edge, index) => index === 0 || (edges[index - 1] ?? 0) <= edge);
};

/**
 * When something proactive may reach the phone: not after `notAfter`, and inside a window (`opens` inclusive, `closes`
 * exclusive), all in UTC. Whoever plans computes it, so that nobody after that needs a calendar.
 */
export const deliverySchema = z.object({
  notAfter: timestampSchema,
  windows: z.array(windowSchema).min(1).max(14).refine(inOrder, 'must be in the order of time'),
});
export type Delivery = Readonly<z.infer<typeof deliverySchema>>;

/** Which due thing of a schedule this is about; the id that its command was made from. */
export const occurrenceSchema = z.string().min(1).max(128);

/** What travels with everything proactive: when it may arrive, and which due thing it is. Replies have neither. */
export const proactive = { delivery: deliverySchema.optional(), occurrence: occurrenceSchema.optional() };

/** Where a trainee is expected to be when a start is decided: in this run, or (`null`) in none. */
export const expectsSchema = z.object({ runId: runIdSchema.nullable() });

/** The most repeats in one run. */
const mostRepeats = 5;

/** A prompt of an earlier drill that is to be asked again first; at its current revision where none is named. */
export const repeatsSchema = z
  .array(z.object({ drill: drillSlugSchema, revision: drillHashSchema.optional(), prompt: promptSlugSchema }))
  .max(mostRepeats);

/** A prompt of an earlier drill that is asked again in this run: which drill it is of, and which prompt there. */
export const repeatSchema = z.object({ drill: drillSlugSchema, prompt: promptSlugSchema });
export type Repeat = Readonly<z.infer<typeof repeatSchema>>;

/** The repeats of a run that began, in their order, each at the revision that it is asked from. */
export const plannedRepeatsSchema = z
  .array(z.object({ drill: drillSlugSchema, revision: drillHashSchema, prompt: promptSlugSchema }))
  .max(mostRepeats);
export type PlannedRepeat = Readonly<z.infer<typeof plannedRepeatsSchema>[number]>;

/** Which reminder of an open prompt: 1 for the first. */
export const rungSchema = z.int().min(1);
