import { z } from 'zod';
import { repeatSchema } from '../delivery';
import { drillSlugSchema, promptSlugSchema, runIdSchema } from '../ids';
import { profileChangesSchema } from '../trainee';

type Description<S extends z.ZodRawShape> = {
  /** What has happened when this is on record; a sentence of docs/messages.md. */
  readonly says: string;
  readonly fields: S;
  /** One as it stands on the wire, without its type. */
  readonly sample: z.input<z.ZodObject<S>>;
};

/** Defines an event: its schema, with what it says and a sample as metadata. */
export const event = <T extends string, S extends z.ZodRawShape>(
  type: T,
  { says, fields, sample }: Description<S>,
) =>
  z.object({ type: z.literal(type), ...fields }).meta({ description: says, examples: [{ type, ...sample }] });

/** In what has happened, a field of a later release is left out like any other; only a command is refused for it. */
export const changedProfileSchema = profileChangesSchema.strip();

export const run = { runId: runIdSchema, drill: drillSlugSchema };
/** Present where the prompt is one of an earlier drill, asked again within this run; `prompt` is its slug there. */
export const repeated = { repeat: repeatSchema.optional() };

/** Present in a run of repeats alone: `drill` is that of the first of them, and the run ends after the last. */
export const alone = { repeatsOnly: z.literal(true).optional() };

export const answer = { ...run, prompt: promptSlugSchema, response: z.string().nullable(), rule: z.string() };
