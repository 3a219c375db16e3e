import { commonVariables, onPage, sentences, type Copy, type SentenceKey } from './sentences';

/** Sentences that are not ours: under the name of the one that each stands in for, a template by language. */
export type OwnSentences = Readonly<
  Partial<Record<SentenceKey, Readonly<Partial<Record<string, string>>> | undefined>>
>;

/** What a deployment says otherwise than we do, for everybody and, before that, for single employers by their id. */
export type OwnCopy = {
  readonly sentences?: OwnSentences | undefined;
  readonly employers?: Readonly<Record<string, OwnSentences>> | undefined;
};

/** The names of all our sentences and words. */
export const sentenceKeys = Object.keys(sentences) as readonly SentenceKey[];

/** What stands in for a value within a sentence, which is filled in once. */
const standIns: ReadonlySet<SentenceKey> = new Set(['yourCompany', 'everyDay', 'anyTime', 'asUsual', 'or']);

/** What a sentence may ask for: nothing, where it is itself put into another one; on a page no word to text back. */
export const variablesOf = (key: SentenceKey): readonly string[] => {
  if (onPage(key)) return sentences[key];
  return standIns.has(key) || key.endsWith('Word') ? [] : [...commonVariables, ...sentences[key]];
};

/** What is said otherwise to somebody of this employer; the later goes before the earlier. */
export const layersFor = (
  { sentences: everybodys, employers = {} }: OwnCopy,
  employerId = '',
): readonly OwnSentences[] => {
  const theirs = Object.hasOwn(employers, employerId) ? employers[employerId] : undefined;
  return [everybodys, theirs].filter((layer) => layer !== undefined);
};

/** The sentences that one layer has in a language. */
export const inLanguage = (layer: OwnSentences, language: string): Partial<Copy> =>
  Object.fromEntries(
    Object.entries(layer).flatMap(([key, texts = {}]) =>
      Object.hasOwn(texts, language) ? [[key, texts[language]]] : [],
    ),
  );
