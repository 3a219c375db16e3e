import {
  drillContentSchema,
  drillSlugSchema,
  languageSchema,
  profileFieldSchema,
} from '@stopcovid/contracts';
import { z } from 'zod';

/* The author's form of drills and courses, for editors: what may stand where. Lint judges what it means. */

const content = drillContentSchema.unwrap().shape;
const prompt = content.prompts.element.unwrap().shape;

const store = prompt.store.unwrap().unwrap().shape;

/** A text as the reader takes it: a number or a yes that is not in quotes is text too. */
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const oneOrMore = <T extends z.ZodType>(item: T) => z.union([item, z.array(item)]);
const byLanguage = <T extends z.ZodType>(value: T) => z.record(languageSchema, value);
const text = z.union([scalar, byLanguage(scalar)]);
const texts = z.union([oneOrMore(scalar), byLanguage(oneOrMore(scalar))]);

/** Fields beside languages; what an editor is told of the languages is put right in `editorSchema`. */
const beside = <T extends z.ZodRawShape>(fields: T, value: z.ZodType) => z.object(fields).catchall(value);

const message = z.union([
  scalar,
  beside({ text: text.optional(), media: z.union([z.string(), byLanguage(z.string())]).optional() }, scalar),
]);

const written = beside(
  {
    id: z.union([scalar, byLanguage(scalar)]),
    text: text.optional(),
    accept: texts.optional(),
    value: scalar.optional(),
  },
  scalar,
);

const target = z.string();

const next = z.union([
  target,
  z.strictObject({
    right: target.optional(),
    wrong: target.optional(),
    answered: target.optional(),
    options: z.record(z.string(), target).optional(),
  }),
]);

const key = z.union([scalar, byLanguage(scalar)]);

/** A prompt as its author writes it. */
export const promptFileSchema = z.strictObject({
  slug: prompt.slug,
  messages: oneOrMore(message),
  options: z.union([oneOrMore(z.union([scalar, written])), byLanguage(oneOrMore(scalar))]).optional(),
  key: key.optional(),
  answer: texts.optional(),
  answers: texts.optional(),
  maxAttempts: z.int().min(1).max(10).optional(),
  store: z
    .union([profileFieldSchema, z.strictObject({ field: store.field, type: store.type.optional() })])
    .optional(),
  next: next.optional(),
  other: z.boolean().optional(),
  asks: prompt.asks,
});

/** A drill as its author writes it. */
export const drillFileSchema = z
  .strictObject({
    slug: content.slug.optional(),
    title: text,
    languages: oneOrMore(languageSchema),
    autoContinue: z.boolean().optional(),
    ending: content.ending,
    passMark: content.passMark,
    tellRegraded: content.tellRegraded,
    prompts: oneOrMore(promptFileSchema),
  })
  .meta({ title: 'A drill' });

/** The course beside the drills. */
export const courseFileSchema = z
  .strictObject({
    slug: drillSlugSchema.optional(),
    drills: oneOrMore(drillSlugSchema),
    keywords: z.record(drillSlugSchema, oneOrMore(scalar)).optional(),
    demoWords: oneOrMore(scalar).optional(),
    passMark: content.passMark,
    title: byLanguage(scalar).optional(),
  })
  .meta({ title: 'The course: the order of the drills' });

/** A schema in the draft that editors of YAML know best. Beside named fields there are languages, and nothing else. */
export const editorSchema = (schema: z.ZodType): unknown =>
  z.toJSONSchema(schema, {
    target: 'draft-7',
    override: ({ zodSchema, jsonSchema }) => {
      const { def } = zodSchema._zod;
      if (def.type !== 'object' || typeof jsonSchema.additionalProperties !== 'object') return;
      jsonSchema.patternProperties = { '^[a-z]{2}$': jsonSchema.additionalProperties };
      jsonSchema.additionalProperties = false;
    },
  });
