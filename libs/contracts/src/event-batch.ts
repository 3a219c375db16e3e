import { z } from 'zod';
import type { DialogEvent } from './events';
import { commandIdSchema, phoneSchema, timestampSchema } from './ids';
import { traineeSchema } from './trainee';

/** What surrounds the events of one command on `dialog.events.v1`. `version` counts 1, 2, 3 … per phone without holes. */
export const batchEnvelopeSchema = z
  .object({
    type: z.literal('EventBatch'),
    schemaVersion: z.literal(1),
    phone: phoneSchema,
    at: timestampSchema,
    version: z.int().min(1),
    commandId: commandIdSchema,
    commandType: z.string(),
    trainee: traineeSchema,
  })
  .meta({
    description:
      'All that one command led to, in order, with the trainee after it. An event is named phone:version:index.',
  });

/** All that one command led to, with the trainee after it. An event's id is `phone:version:index`. */
export type EventBatch = Readonly<z.infer<typeof batchEnvelopeSchema>> & {
  readonly events: readonly DialogEvent[];
};

/** Whether the log of a phone may begin with a batch, whatever its version: all that was before it is forgotten. */
export const mayBegin = ({ version, events }: Pick<EventBatch, 'version' | 'events'>): boolean =>
  version === 1 || events[0]?.type === 'TraineeErased';

/**
 * How a batch relates to the last version that a reader has of its phone: `next` is applied, `seen` dropped; a `gap`
 * is never skipped.
 */
export const orderOf = (lastVersion: number, version: number): 'next' | 'seen' | 'gap' => {
  if (version <= lastVersion) return 'seen';
  return version === lastVersion + 1 ? 'next' : 'gap';
};
