import { z } from 'zod';
import { languageSchema, optionIdSchema, promptSlugSchema } from '../ids';

/**
 * A question as it was put, in the trainee's language: templates, not yet filled in, with the options that
 * `{{options}}` stands for. `position` counts from 1 to `of`.
 */
export const askedPromptSchema = z.object({
  slug: promptSlugSchema,
  language: languageSchema,
  position: z.int().min(1),
  of: z.int().min(1),
  messages: z.array(z.object({ text: z.string().optional(), media: z.string().optional() })),
  options: z.array(z.object({ id: optionIdSchema, text: z.string() })).optional(),
});

/** The open question, put again after an answer to something else. */
export const reasked = { prompt: askedPromptSchema.optional() };

/** What a reply is to name, as `wants` says, and the question that it was to answer. */
export const clarificationSchema = z.object({
  wants: z.enum(['option', 'number', 'yesNo', 'when', 'zone', 'answer']),
  prompt: askedPromptSchema,
});

export type AskedPrompt = z.infer<typeof askedPromptSchema>;
