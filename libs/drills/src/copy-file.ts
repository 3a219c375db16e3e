import { languageSchema } from '@stopcovid/contracts';
import { sentenceKeys, variablesOf, type OwnCopy, type SentenceKey } from '@stopcovid/sms-copy';
import { z } from 'zod';
import { carriedText, readSettings, type SettingsReading } from './settings-file';
import type { Tree } from './source';

const texts = z
  .record(languageSchema, carriedText)
  .refine((byLanguage) => Object.keys(byLanguage).length > 0, 'must hold at least one language');

/** What an editor shows of a sentence. */
const about = (key: SentenceKey): string =>
  `May ask for ${
    variablesOf(key)
      .map((name) => `{{${name}}}`)
      .join(', ') || 'nothing'
  }.`;

const sentences = z.strictObject(
  Object.fromEntries(
    sentenceKeys.map((key) => [key, texts.optional().describe(about(key))]),
  ) as unknown as Record<SentenceKey, z.ZodOptional<typeof texts>>,
);

/**
 * Sentences of ours, said otherwise: under the name of each a template by language.
 *
 * - `sentences`: for everybody
 * - `employers`: by the id of an employer, for their people, before those for everybody
 */
export const copySchema = z.strictObject({
  sentences: sentences.optional(),
  employers: z.record(z.string().trim().min(1).max(128), sentences).optional(),
});

/** A copy file read, as far as it goes, with what was wrong on the way. */
export type CopyReading = SettingsReading<OwnCopy>;

/** Reads `copy.yaml`: which sentences of ours a deployment says otherwise. */
export const readCopy = (tree: Tree): CopyReading =>
  readSettings<OwnCopy>(tree, {
    schema: copySchema,
    fields: Object.keys(copySchema.shape),
    fieldsBelow: sentenceKeys,
  });
