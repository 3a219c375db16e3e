import { parseTime } from '@stopcovid/calendar';
import { drillSlugSchema, languageSchema, profileFieldSchema, type DrillSlug } from '@stopcovid/contracts';
import { z } from 'zod';
import type { Finding } from './problem';
import { suggestion } from './reader';
import { carriedText, readSettings, type SettingsReading } from './settings-file';
import type { Tree } from './source';

const named = z
  .string()
  .max(40)
  .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/, 'must be a name of lowercase letters, digits and hyphens');

const time = z.string({ error: 'must be text: put it in quotes' }).superRefine((text, context) => {
  const parsed = parseTime(text);
  const message = parsed.ok ? 'a step\'s time ends before "24:00"' : parsed.problem;
  if (!parsed.ok || parsed.value >= 1440) context.addIssue({ code: 'custom', message });
});

const step = z
  .strictObject({
    days: z.int().min(-730).max(730).optional(),
    months: z.int().min(-24).max(24).optional(),
    time: time.optional(),
    message: z
      .record(languageSchema, carriedText)
      .refine((texts) => Object.keys(texts).length > 0, 'must hold at least one language')
      .optional(),
    drill: drillSlugSchema.optional(),
  })
  .refine(({ days, months }) => (days === undefined) !== (months === undefined), {
    message: "takes either days or months: how long after the date, or before it with a '-'",
  })
  .refine(({ message, drill }) => message !== undefined || drill !== undefined, {
    message: 'takes a message, a drill, or both',
  });

const drip = z.strictObject({
  from: profileFieldSchema,
  time,
  employers: z.array(z.string().min(1).max(128)).min(1).optional(),
  keepDays: z.int().min(0).max(30).optional(),
  steps: z.record(named, step).refine((steps) => {
    const { length } = Object.keys(steps);
    return length > 0 && length <= 50;
  }, 'takes from 1 to 50 steps'),
});

/**
 * Courses relative to a date of the trainee, by name. A step keeps its name, or it is another step.
 *
 * - `from`: the name of the date, such as `hired`: whoever has it is enrolled
 * - `time`: the local time of its steps, where a step says no other
 * - `employers`: of whom only; left out, all
 * - `keepDays`: so many days after its day a step that could not go out still does; left out, 0
 * - `days`, `months`: after the date, before it with `-`
 * - `message`: words by language, the first of them for everybody else; `drill`: it is that day's drill
 */
export const dripsSchema = z
  .record(named, drip)
  .refine((drips) => Object.keys(drips).length <= 20, 'takes at most 20 drips');
export type Drips = Readonly<z.infer<typeof dripsSchema>>;

/** A drips file read, as far as it goes, with what was wrong on the way. */
export type DripsReading = SettingsReading<Drips>;

/** Reads `drips.yaml`: what comes so long before or after a date of the trainee. */
export const readDrips = (tree: Tree): DripsReading =>
  readSettings(tree, {
    schema: dripsSchema,
    fieldsBelow: [...Object.keys(drip.shape), ...Object.keys(step.shape)],
  });

type Led = { readonly slug: DrillSlug; readonly path: Finding['path'] };

/** The drills to which steps lead. */
export const drillsOfDrips = (drips: Drips): readonly Led[] =>
  Object.entries(drips).flatMap(([name, { steps }]) =>
    Object.entries(steps).flatMap(([at, { drill: slug }]) =>
      slug === undefined ? [] : [{ slug, path: [name, 'steps', at, 'drill'] }],
    ),
  );

/** Which of the drills that the steps name there are not. */
export const checkDrips = (drips: Drips, drills: ReadonlySet<string>): readonly Finding[] =>
  drillsOfDrips(drips)
    .filter(({ slug }) => !drills.has(slug))
    .map(({ slug, path }) => ({
      code: 'drip-unknown-drill',
      path,
      message: `there is no drill '${slug}'${suggestion(slug, [...drills])}`,
    }));
