import { languageSchema } from '@stopcovid/contracts';
import { meaningOf, plainText, type KeywordIndex } from '@stopcovid/dialog-core';
import {
  copyLanguages,
  copyOf,
  layersFor,
  offeredWords,
  onPage,
  placeholdersOf,
  renderTemplate,
  segmentsOf,
  sentenceKeys,
  variablesOf,
  type Copy,
  type OwnCopy,
  type OwnSentences,
  type SentenceKey,
} from '@stopcovid/sms-copy';
import type { Finding, Path } from '../problem';
import { sampleVariables } from '../rendered-text';
import { strayBraces, surprise, unknownPlaceholders, type Written } from './texts';

/** A sentence that stands in for one of ours, which `copy` has in that language. */
type Sentence = Written & { readonly key: SentenceKey; readonly ours: Copy };
type Layer = { readonly path: Path; readonly layer: OwnSentences; readonly all: readonly OwnSentences[] };

/** What the engine must take each word for that a sentence invites a trainee to text. */
export const meaningOfOffered = {
  more: 'next',
  menu: 'menu',
  support: 'support',
  info: 'info',
  help: 'help',
  stop: 'optOut',
  resume: 'resume',
} as const;

/** What is told nowhere else, so that a sentence that had it must keep it. */
const needed: readonly string[] = [
  'help',
  'stop',
  'start',
  'resume',
  'correctAnswer',
  'choices',
  'right',
  'graded',
];

const isKey = (key: string): key is SentenceKey => Object.hasOwn(copyOf('en'), key);

const sentencesIn = ({ path, layer, all }: Layer): readonly Sentence[] =>
  Object.entries(layer).flatMap(([key, texts = {}]) =>
    Object.entries(texts).flatMap(([code, text]) => {
      const language = languageSchema.safeParse(code);
      return isKey(key) && language.success && text !== undefined
        ? [{ key, text, language: language.data, path: [...path, key, code], ours: copyOf(code, all) }]
        : [];
    }),
  );

const lacking = ({ key, text, path, language, ours }: Sentence): readonly Finding[] => {
  const words: Readonly<Record<string, string>> = offeredWords(ours);
  return placeholdersOf(copyOf(language)[key])
    .filter((name) => needed.includes(name) && !placeholdersOf(text).includes(name))
    .filter((name) => words[name] === undefined || !text.includes(words[name]))
    .map((name) => ({
      code: 'copy-lacks-placeholder',
      path,
      language,
      message: `'${key}' no longer tells {{${name}}}; ours is: ${JSON.stringify(copyOf(language)[key])}`,
    }));
};

const isHeard = (name: string, word: string, keywords: KeywordIndex): boolean =>
  name === 'start'
    ? keywords.optIn.has(plainText(word))
    : meaningOf(keywords, word)?.kind === Object.entries(meaningOfOffered).find(([of]) => of === name)?.[1];

const unheard = ({ key, text, path, language }: Sentence, keywords: KeywordIndex): readonly Finding[] => {
  if (!key.endsWith('Word')) return [];
  const name = key.slice(0, -'Word'.length);
  const message = `a trainee who texts '${text.slice(0, 40)}' does not get what '${name}' promises`;
  return isHeard(name, text, keywords) ? [] : [{ code: 'copy-word-unheard', path, language, message }];
};

/** What the values of our own sentences may look like. */
const filledIn = (template: string, ours: Copy): string =>
  renderTemplate(template, {
    ...sampleVariables,
    ...offeredWords(ours),
    correctAnswer: 'b) for 20 seconds',
    choices: 'a, b or c',
    right: '3',
    graded: '4',
  });

const longer = ({ key, text, path, language, ours }: Sentence): readonly Finding[] => {
  const { segments } = segmentsOf(filledIn(text, ours));
  const { segments: before } = segmentsOf(filledIn(copyOf(language)[key], ours));
  const message = `'${key}' takes ${segments} segments; ours takes ${before}`;
  return segments > Math.max(2, before) ? [{ code: 'copy-costs-more', path, language, message }] : [];
};

const costs = (sentence: Sentence): readonly Finding[] => [
  ...longer(sentence),
  ...surprise({ ...sentence, text: filledIn(sentence.text, sentence.ours) }),
];

const checkSentence = (sentence: Sentence, keywords: KeywordIndex): readonly Finding[] => [
  ...unknownPlaceholders(sentence, variablesOf(sentence.key)),
  ...strayBraces(sentence),
  ...lacking(sentence),
  ...unheard(sentence, keywords),
  ...(onPage(sentence.key) ? [] : costs(sentence)),
];

/** A language in which we have nothing to say of our own must have every sentence, here or in the layer below. */
const incomplete = ({ path, layer, all }: Layer): readonly Finding[] => {
  const languages = new Set(Object.values(layer).flatMap((texts = {}) => Object.keys(texts)));
  return [...languages]
    .filter((language) => !copyLanguages.some((ours) => ours === language))
    .flatMap((language) => {
      const missing = sentenceKeys.filter(
        (key) => !all.some((known) => known[key]?.[language] !== undefined),
      );
      const message = `'${language}' has no sentences of ours, so it needs every one; it lacks ${missing.join(', ')}`;
      return missing.length === 0 ? [] : [{ code: 'copy-incomplete', path, message }];
    });
};

const layersIn = (own: OwnCopy): readonly Layer[] => [
  ...(own.sentences
    ? [{ path: ['sentences'], layer: own.sentences, all: layersFor({ sentences: own.sentences }, undefined) }]
    : []),
  ...Object.entries(own.employers ?? {}).map(([employer, layer]) => ({
    path: ['employers', employer],
    layer,
    all: layersFor(own, employer),
  })),
];

/** Whether each sentence can be filled in, is heard where it offers a word, tells what it must and costs no surprise. */
export const checkCopy = (own: OwnCopy, keywords: KeywordIndex): readonly Finding[] =>
  layersIn(own).flatMap((layer) => [
    ...incomplete(layer),
    ...sentencesIn(layer).flatMap((sentence) => checkSentence(sentence, keywords)),
  ]);
