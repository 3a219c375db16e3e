import type { Language, OptionId, Prompt, PromptSlug } from '@stopcovid/contracts';

/** A language, an option id: brands for literals in specs. */
export const lang = (code: string): Language => code as Language;
export const mark = (id: string): OptionId => id as OptionId;

/** One value per language, for literals in specs. */
export const byLanguage = <T>(values: Readonly<Record<string, T>>): Record<Language, T> => ({ ...values });

/** A multiple-choice prompt: texts by id, in one language. */
export const choiceOf = (
  texts: Readonly<Record<string, string>>,
  key: string | undefined,
  language = 'en',
): Prompt => ({
  slug: 'question' as PromptSlug,
  messages: [{ text: { [lang(language)]: 'Which one?' } }],
  maxAttempts: 2,
  options: Object.entries(texts).map(([id, text]) => ({ id: mark(id), text: { [lang(language)]: text } })),
  ...(key === undefined ? {} : { key: mark(key) }),
});
