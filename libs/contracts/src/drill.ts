import { z } from 'zod';
import { drillHashSchema, drillSlugSchema, languageSchema, optionIdSchema, promptSlugSchema } from './ids';

/** One value per language. Which languages are needed is the drill's own list; lint checks it. */
const localized = <T extends z.ZodType>(value: T) => z.record(languageSchema, value);

const mediaSchema = z.string().min(1).max(2_048);

/**
 * One text of a prompt, with at most one picture or recording. `text` is a template (`{{name}}`, `{{company}}`,
 * `{{options}}`); `media` is an https address or a path below the configured media address.
 */
const drillMessageSchema = z
  .strictObject({
    text: localized(z.string()).optional(),
    media: z.union([mediaSchema, localized(mediaSchema)]).optional(),
  })
  .readonly();

/** A choice of a prompt: what marks it, what it says, other spellings that mean it, and the value it stores. */
const optionSchema = z
  .strictObject({
    id: optionIdSchema,
    text: localized(z.string().min(1)),
    accept: localized(z.array(z.string().min(1))).optional(),
    value: z.string().min(1).max(256).optional(),
  })
  .readonly();

/** Names of trainee fields that a drill may fill: lower camel case; never a field of our own. */
export const profileFieldSchema = z
  .string()
  .max(64)
  .regex(/^[a-z][A-Za-z0-9]*$/, 'must be lower camel case');

/**
 * Where the answer goes. `name` and `language` are the trainee's own, and so are `timeZone` (of type `zone`: the value of
 * an option) and `delivery` (of type `when`: days and a time of day, in words); any other field is kept in `answers`.
 */
const storeSchema = z
  .strictObject({ field: profileFieldSchema, type: z.enum(['text', 'number', 'yesNo', 'zone', 'when']) })
  .readonly();

/** What a trainee says of themselves on a scale: how sure they are before the drill and after it, how content with it. */
export const ratingOfSchema = z.enum(['confidence-before', 'confidence-after', 'satisfaction']);

const targetSchema = z.union([promptSlugSchema, z.literal('end')]);

/** Where the drill goes from here, by outcome; what is not named goes on to the prompt that follows. */
const nextSchema = z
  .strictObject({
    right: targetSchema.optional(),
    wrong: targetSchema.optional(),
    answered: targetSchema.optional(),
    options: z.record(optionIdSchema, targetSchema).optional(),
  })
  .readonly();

/**
 * One step of a drill. With a `key` (an option's id) or `answers` (accepted texts) it is graded; with `store` the
 * answer is kept; otherwise any reply advances. Of options, one is kept, and with `other` also what a trainee says
 * in other words. `asks` says that the values of its options are a scale of something that figures compare. `maxAttempts` counts the first try. `otherWords` are words of the language
 * that one slip makes of a word of the options or answers: who types one of them means something else. The reader of
 * drills finds them; no author writes them.
 */
const promptSchema = z
  .strictObject({
    slug: promptSlugSchema,
    messages: z.array(drillMessageSchema).min(1),
    options: z.array(optionSchema).min(1).optional(),
    key: optionIdSchema.optional(),
    answers: localized(z.array(z.string().min(1)).min(1)).optional(),
    maxAttempts: z.int().min(1).max(10).default(2),
    store: storeSchema.optional(),
    other: z.boolean().optional(),
    asks: ratingOfSchema.optional(),
    next: z.union([nextSchema, targetSchema]).optional(),
    otherWords: localized(z.array(z.string().min(1))).optional(),
  })
  .readonly();

/** How many percent of the graded prompts must be right at the first attempt. */
export const passMarkSchema = z.int().min(1).max(100);

/** `ending: quiet` adds nothing of ours to the last prompt: no score, and no word of what comes next. `tellRegraded`: who answered rightly by a person's ruling is told. */
export const drillContentSchema = z
  .strictObject({
    slug: drillSlugSchema,
    title: localized(z.string().min(1)),
    languages: z.array(languageSchema).min(1),
    autoContinue: z.boolean().default(false),
    ending: z.enum(['quiet']).optional(),
    passMark: passMarkSchema.optional(),
    tellRegraded: z.boolean().optional(),
    prompts: z.array(promptSchema).min(1),
  })
  .readonly()
  .meta({ description: 'A drill, as it is stored in a revision and may travel in `StartDrill`.' });

export type DrillContent = z.infer<typeof drillContentSchema>;
export type Prompt = DrillContent['prompts'][number];
export type PromptMessage = Prompt['messages'][number];
export type PromptOption = NonNullable<Prompt['options']>[number];
export type NextTarget = z.infer<typeof targetSchema>;

/** Content under the hash of its canonical JSON. A revision never changes: an edited drill is another one. */
export const drillRevisionSchema = z
  .strictObject({ hash: drillHashSchema, content: drillContentSchema })
  .readonly();
export type DrillRevision = z.infer<typeof drillRevisionSchema>;
