import type { Language, OptionId, Prompt } from '@stopcovid/contracts';
import { withoutAccents } from './accents';
import { lexiconOf, traits, type Lexicon } from './lexicon';
import { meantCourtesyOf } from './meant-courtesy';
import { units } from './number-words';
import { readAmounts } from './read-amounts';
import { tells } from './telling';
import { index, indexDistinct, indexTexts, type TextIndex } from './text-index';
import { fillersOf, negators, noWords, yesWords } from './vocabulary';
import { kinds } from './word-kinds';
import { isAmount, wordsOf, type Words } from './words';

/** One way to say a choice, prepared for comparison. Texts are words joined by single spaces, without accents. */
export type Spelling = {
  readonly choice: number;
  readonly full: string;
  /** Without filler words; the full text where nothing else is left. */
  readonly content: string;
  readonly list: readonly string[];
  readonly words: ReadonlySet<string>;
  /** How many words of the list tell one option from another. */
  readonly telling: number;
  /** What a longer reply must contain: one entry per part between slashes, in spaces. */
  readonly parts: readonly string[];
  readonly amounts: readonly string[];
  /** Denials that a part of the text may not leave out: all but the no that it begins with. */
  readonly denials: readonly string[];
  readonly polarity: Polarity | undefined;
  /** The yes or no that the text begins with, before its reason: `No, grease needs soap`. */
  readonly leads: Polarity | undefined;
};
export type Polarity = 'yes' | 'no';

/** What a reply can mean. An accepted answer of an open question has no id. */
export type Choice = { readonly id?: OptionId; readonly text: string; readonly value: string };

/** A prompt in one language, ready to grade against; built once. */
export type Compiled = {
  readonly language: string | undefined;
  readonly choices: readonly Choice[];
  readonly spellings: readonly Spelling[];
  readonly marks: ReadonlyMap<string, number>;
  /** Choice by text: with accents, without accents, without fillers. */
  readonly exact: TextIndex;
  readonly plain: TextIndex;
  readonly content: TextIndex;
  /** What each word is to these texts. */
  readonly lexicon: Lexicon;
  /** Every word of the choices; `clash` where two choices have it. */
  readonly vocabulary: ReadonlyMap<string, number>;
  /** What each word, as it stands in the choices, is in their plain form: `seconds` is `second` behind a number. */
  readonly spoken: readonly { readonly word: string; readonly plain: string }[];
  /** Two neighbouring words without the blank between them. */
  readonly joined: ReadonlyMap<string, readonly [string, string]>;
  /** Words of mere courtesy that are words of the choices all the same, or may be mended to them. */
  readonly meantCourtesy: ReadonlySet<string>;
  /** Whether a list of the language's words was asked for these. */
  readonly hasList: boolean;
};

/** A choice with every text that means it. */
export type ChoiceTexts = { readonly choice: Choice; readonly texts: readonly string[] };

const hasAny = (words: readonly string[], wanted: ReadonlySet<string>): boolean => {
  for (const word of words) if (wanted.has(word)) return true;
  return false;
};

/** The words of a text that say something: without the fillers of the language, unless nothing else is there. */
export const contentWords = (words: readonly string[], language: string | undefined): readonly string[] => {
  const fillers = fillersOf(language);
  if (!hasAny(words, fillers)) return words;
  const last = words.length - 1;
  const kept = words.filter((word, at) => !fillers.has(word) || (word.length === 1 && at === last));
  return kept.length > 0 ? kept : words;
};

/** The plain words of a text, each amount in its one form. */
export const plainWords = (
  { words, gaps, kinds: any }: Words,
  language: string | undefined,
): readonly string[] => {
  const plain = (any & kinds.beyondAscii) === 0 ? words : words.map(withoutAccents);
  return (any & kinds.number) === 0 ? plain : readAmounts({ words: plain, gaps }, language);
};

const polarityOf = (words: readonly string[]): Polarity | undefined => {
  if (words.every((word) => yesWords.has(word))) return 'yes';
  return words.every((word) => noWords.has(word)) ? 'no' : undefined;
};

const leadOf = ({ words, gaps }: Words): Polarity | undefined =>
  words.length > 1 && gaps[0] !== 'space' ? polarityOf(words.slice(0, 1)) : undefined;

const contentOf = (text: string, language: string | undefined): readonly string[] =>
  contentWords(plainWords(wordsOf(text), language), language);

const spellingOf = (choice: number, text: string, language: string | undefined): Spelling => {
  const typed = wordsOf(text);
  const full = plainWords(typed, language);
  const content = contentWords(full, language);
  const parts = text.split('/').map((part) => contentOf(part, language).join(' '));
  const leads = leadOf(typed);
  return {
    choice,
    full: full.join(' '),
    content: content.join(' '),
    list: full,
    words: new Set(full),
    telling: full.filter((word) => tells(language, word)).length,
    parts: /\d\/\d/.test(text)
      ? [` ${content.join(' ')} `]
      : parts.filter((part) => part !== '').map((part) => ` ${part} `),
    amounts: full.filter(isAmount),
    denials: content.slice(leads === undefined ? 0 : 1).filter((word) => negators.has(word)),
    polarity: polarityOf(typed.words),
    leads,
  };
};

const pairsOf = ({ full }: Spelling): readonly [string, readonly [string, string]][] => {
  const words = full.split(' ');
  return words.slice(1).map((word, at) => {
    const before = words[at] ?? '';
    return [before.replace("'", '') + word, [before, word]];
  });
};

/** The mark of an option as replies are compared with it. */
const markOf = (id: string): string => wordsOf(id).words[0] ?? id.toLowerCase();

const withoutOwnMark = (text: string, id: string | undefined): readonly string[] => {
  const marked = id === undefined ? undefined : splitMark(text);
  return marked && markOf(marked.mark) === markOf(id ?? '') ? [text, marked.text] : [text];
};

const markedText = /^\s*(?:\(\s*)?(\p{L}\p{M}*|\p{N}{1,2})(?:\s*\)|[.:](?!\p{N}))(.*)$/su;

/** Splits `b) 2-3 pumps` into its mark and its text. */
export const splitMark = (text: string): { readonly mark: string; readonly text: string } | undefined => {
  const match = markedText.exec(text);
  return match?.[1] === undefined ? undefined : { mark: match[1], text: (match[2] ?? '').trimStart() };
};

const rawUnits = (texts: readonly ChoiceTexts[]): readonly [string, string][] =>
  texts
    .flatMap((entry) => entry.texts.flatMap((text) => wordsOf(text).words.map(withoutAccents)))
    .flatMap((word) => {
      const unit = units.get(word);
      return unit === undefined ? [] : [[word, unit]];
    });

const beginningsOf = (word: string): readonly string[] =>
  Array.from(word, (_letter, at) => word.slice(0, at + 1));

const endingsOf = (word: string): readonly string[] =>
  Array.from({ length: word.length - 1 }, (_unit, at) => word.slice(at + 1));

/** Prepares choices for grading in one language. */
export const compileChoices = (
  texts: readonly ChoiceTexts[],
  language: string | undefined,
  otherWords?: readonly string[],
): Compiled => {
  const entries = texts.flatMap((entry, choice) =>
    entry.texts
      .flatMap((text) => withoutOwnMark(text, entry.choice.id))
      .filter((text) => wordsOf(text).words.length > 0)
      .map((text) => ({
        exact: wordsOf(text).words.join(' '),
        spelling: spellingOf(choice, text, language),
      })),
  );
  const spellings = entries.map(({ spelling }) => spelling);
  const vocabulary = index(
    spellings.flatMap(({ words, choice }) => [...words].map((word): [string, number] => [word, choice])),
  );
  const joined = new Map(spellings.flatMap(pairsOf));
  const beginnings = new Set(spellings.flatMap(({ list }) => list.flatMap(beginningsOf)));
  const onlyYesNo = spellings.every(({ polarity }) => polarity !== undefined);
  return {
    language,
    choices: texts.map(({ choice }) => choice),
    spellings,
    marks: index(
      texts.flatMap(({ choice }, at) => (choice.id === undefined ? [] : [[markOf(choice.id), at]])),
    ),
    exact: indexTexts(entries.map(({ exact, spelling }) => [exact, spelling.choice])),
    plain: indexTexts(spellings.map(({ full, choice }) => [full, choice])),
    content: indexDistinct(spellings.map(({ content, choice }) => [content, choice])),
    lexicon: lexiconOf([
      [traits.ofChoices | traits.ofTexts, vocabulary.keys()],
      [traits.ofTexts, entries.flatMap(({ exact }) => exact.split(' '))],
      [traits.beginning, beginnings],
      [traits.ending, spellings.flatMap(({ list }) => list.flatMap(endingsOf))],
      [traits.joined, joined.keys()],
      [traits.otherWord, otherWords ?? []],
    ]),
    vocabulary,
    spoken: [
      ...new Map([
        ...rawUnits(texts),
        ...spellings.flatMap(({ words }) => [...words].map((w): [string, string] => [w, w])),
      ]),
    ].map(([word, plain]) => ({ word, plain })),
    joined,
    meantCourtesy: meantCourtesyOf({ vocabulary, joined, beginnings, onlyYesNo }),
    hasList: otherWords !== undefined,
  };
};

/** A value in the language, else in the first language that has one. */
export const inLanguage = <T>(
  values: Readonly<Record<string, T>> | undefined,
  language: Language,
): T | undefined => values?.[language] ?? Object.values(values ?? {})[0];

const optionTexts = (prompt: Prompt, language: Language): readonly ChoiceTexts[] =>
  (prompt.options ?? []).map((option) => {
    const text = inLanguage(option.text, language) ?? '';
    const own = option.text[language];
    const answers = option.id === prompt.key ? (prompt.answers?.[language] ?? []) : [];
    return {
      choice: { id: option.id, text, value: option.value ?? text },
      texts: [...(own === undefined ? [] : [own]), ...(option.accept?.[language] ?? []), ...answers],
    };
  });

const compilePrompt = (prompt: Prompt, language: Language): Compiled => {
  const others = prompt.otherWords?.[language];
  if (prompt.options) return compileChoices(optionTexts(prompt, language), language, others);
  const texts = prompt.answers?.[language] ?? [];
  const text = inLanguage(prompt.answers, language)?.[0] ?? '';
  return compileChoices([{ choice: { text, value: text }, texts }], language, others);
};

const languagesOf = (prompt: Prompt): readonly Language[] => {
  const records = [prompt.answers, ...(prompt.options ?? []).flatMap((o) => [o.text, o.accept])];
  return [...new Set(records.flatMap((record) => Object.keys(record ?? {})))] as Language[];
};

const compiledPrompts = new WeakMap<Prompt, Map<Language, readonly Compiled[]>>();

/** The prompt in the language, followed by its other languages, in which a reply may come as well. */
export const compiledFor = (prompt: Prompt, language: Language): readonly Compiled[] => {
  let byLanguage = compiledPrompts.get(prompt);
  if (!byLanguage) compiledPrompts.set(prompt, (byLanguage = new Map()));
  let compiled = byLanguage.get(language);
  if (!compiled) {
    const others = languagesOf(prompt).filter((other) => other !== language);
    compiled = [language, ...others].map((each) => compilePrompt(prompt, each));
    byLanguage.set(language, compiled);
  }
  return compiled;
};
