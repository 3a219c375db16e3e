import { hasCopy, type CopyOverrides } from './copy';
import { commonVariables, sentences, type Copy, type SentenceKey } from './sentences';
import { placeholdersOf } from './template';

/** What `parseCopyOverrides` found: overrides that can be used, or every reason why not. */
export type ParsedOverrides =
  | { readonly ok: true; readonly overrides: CopyOverrides }
  | { readonly ok: false; readonly problems: readonly string[] };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const isSentence = (key: string): key is SentenceKey => Object.hasOwn(sentences, key);

const isCopy = (value: Readonly<Record<string, unknown>>): value is Partial<Copy> =>
  Object.entries(value).every(([key, text]) => isSentence(key) && typeof text === 'string');

/** What stands in for a value within a sentence, which is filled in once. */
const standIns: ReadonlySet<SentenceKey> = new Set(['yourCompany', 'everyDay', 'anyTime', 'asUsual']);

const allowedIn = (key: SentenceKey): readonly string[] =>
  standIns.has(key) || key.endsWith('Word') ? [] : [...commonVariables, ...sentences[key]];

const sentenceProblems = (where: string, key: string, text: unknown): readonly string[] => {
  if (!isSentence(key)) return [`${where} is not one of our sentences: ${Object.keys(sentences).join(', ')}`];
  if (typeof text !== 'string') return [`${where} is not a text`];
  if (text.trim() === '') return [`${where} is empty`];
  if (text.length > 1_600) return [`${where} is longer than 1,600 characters`];
  const allowed = allowedIn(key);
  return placeholdersOf(text)
    .filter((name) => !allowed.includes(name))
    .map((name) => `${where} asks for {{${name}}}; it may ask for ${allowed.join(', ') || 'nothing'}`);
};

/** A language of a deployment's own has no sentences of ours under it, so it must bring them all. */
const missingIn = (language: string, own: Readonly<Record<string, unknown>>): readonly string[] =>
  hasCopy(language)
    ? []
    : Object.keys(sentences)
        .filter((key) => !Object.hasOwn(own, key))
        .map((key) => `${language}.${key} is missing: a language of your own needs every sentence`);

const languageProblems = (language: string, own: unknown): readonly string[] => {
  if (!/^[a-z]{2}$/.test(language))
    return [`${language} is not a language: two lower-case letters (ISO 639-1)`];
  if (!isObject(own)) return [`${language} is not an object of sentences`];
  const wrong = Object.entries(own).flatMap(([key, text]) =>
    sentenceProblems(`${language}.${key}`, key, text),
  );
  return [...wrong, ...missingIn(language, own)];
};

/** Reads a deployment's own sentences, `{ "es": { "praise": "…" } }`; refuses with every problem, each with its place. */
export const parseCopyOverrides = (json: unknown): ParsedOverrides => {
  if (!isObject(json)) return { ok: false, problems: ['the overrides are not an object of languages'] };
  const problems = Object.entries(json).flatMap(([language, own]) => languageProblems(language, own));
  if (problems.length > 0) return { ok: false, problems };
  const overrides: Record<string, Partial<Copy>> = {};
  for (const [language, own] of Object.entries(json))
    if (isObject(own) && isCopy(own)) overrides[language] = { ...own };
  return { ok: true, overrides };
};
