import type { DrillSlug } from '@stopcovid/contracts';
import { meanings, rowOf, type WordKind } from './meanings';
import { hasUnspacedLetters } from './languages/spoken';
import { slipIndex, slippedFrom, type SlipIndex } from './languages/word-slips';
import { plainText } from './plain-text';

export type { WordKind } from './meanings';

const kinds = Object.keys(meanings) as readonly WordKind[];

/** What a word means to the dialog. */
export type Meaning =
  | { readonly kind: Exclude<WordKind, 'optIn'> }
  | { readonly kind: 'drill'; readonly drill: DrillSlug };

/** Words by language and meaning, and the words that ask for a drill by name. */
export type KeywordTable = {
  readonly words: Readonly<Record<string, Readonly<Partial<Record<WordKind, readonly string[]>>>>>;
  readonly drills: readonly { readonly drill: string; readonly words: readonly string[] }[];
};

/** Keywords ready for lookup; built once by `compileKeywords`. */
export type KeywordIndex = {
  readonly exact: ReadonlyMap<string, Meaning>;
  /** Words of opt-out, to be found by what a slip makes of them. */
  readonly optOutWords: SlipIndex;
  /** Heard only from people who opted out; some of them mean `start` or `resume` to everybody else. */
  readonly optIn: ReadonlySet<string>;
  /** Finds a word of thanks inside a longer text that is already plain. */
  readonly thanks: RegExp;
};

type Entry = { readonly word: string; readonly kind: WordKind | 'drill'; readonly drill?: DrillSlug };

const slugPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const isDrillSlug = (value: string): value is DrillSlug => value.length <= 64 && slugPattern.test(value);

const drillSlug = (value: string): DrillSlug => {
  if (!isDrillSlug(value)) throw new Error(`keywords name '${value}', which cannot be a drill's slug`);
  return value;
};

const entriesOf = (table: KeywordTable): readonly Entry[] => [
  ...Object.values(table.words).flatMap((language) =>
    kinds.flatMap((kind) => (language[kind] ?? []).map((word) => ({ word: plainText(word), kind }))),
  ),
  ...table.drills.flatMap(({ drill, words }) =>
    words.map((word) => ({ word: plainText(word), kind: 'drill' as const, drill: drillSlug(drill) })),
  ),
];

const meaningName = ({ kind, drill }: Entry): string => (drill === undefined ? kind : `drill ${drill}`);

/** What a word of consent may mean besides: whoever opted out opts in, anybody else asks for a drill or ends a pause. */
const besidesOptIn: ReadonlySet<string> = new Set(['start', 'resume']);

const areTooMany = (names: ReadonlySet<string>): boolean => {
  const others = [...names].filter((name) => name !== 'optIn');
  return others.length > 1 || (names.has('optIn') && others.some((name) => !besidesOptIn.has(name)));
};

/** Words of a table with two meanings that nothing tells apart, each with its meanings. */
export const keywordCollisions = (table: KeywordTable): readonly string[] => {
  const meanings = new Map<string, Set<string>>();
  for (const entry of entriesOf(table))
    meanings.set(entry.word, (meanings.get(entry.word) ?? new Set()).add(meaningName(entry)));
  return [...meanings]
    .filter(([word, names]) => word === '' || areTooMany(names))
    .map(([word, names]) => `'${word}' means ${[...names].join(' and ')}`);
};

/** Whole words only, where words are written apart: "thanksgiving" thanks nobody. */
const thanksPattern = (words: readonly string[]): RegExp => {
  const apart = words.filter((word) => !hasUnspacedLetters(word));
  const joined = words.filter((word) => hasUnspacedLetters(word));
  const alternatives = [...(apart.length > 0 ? [`(?:^| )(?:${apart.join('|')})(?: |$)`] : []), ...joined];
  return new RegExp(alternatives.length > 0 ? alternatives.join('|') : '(?!)', 'u');
};

const meaningFor = ({ kind, drill }: Entry): Meaning | undefined => {
  if (drill !== undefined) return { kind: 'drill', drill };
  return kind === 'optIn' || kind === 'drill' ? undefined : { kind };
};

/** What is left of a shorter word is somebody's name: `parar`, `Parr`. */
const shortestLost = 6;

/** `sttop`, `sotp`, `unsuscribe`: whoever withdraws consent is understood also in a hurry. The last letter stays as well: `parar`, `Parra`. */
const isOptOutSlip = ({ exact, optOutWords }: KeywordIndex, slip: string): boolean =>
  !exact.has(slip) &&
  slippedFrom(optOutWords, slip).some(
    (word) => word.at(-1) === slip.at(-1) && (slip.length >= word.length || word.length >= shortestLost),
  );

/** Prepares a table for lookup. Throws when a word is empty or has two meanings, naming each such word. */
export const compileKeywords = (table: KeywordTable): KeywordIndex => {
  const collisions = keywordCollisions(table);
  if (collisions.length > 0) throw new Error(`keywords collide: ${collisions.join('; ')}`);
  const entries = entriesOf(table);
  const wordsOf = (kind: WordKind) => entries.filter((e) => e.kind === kind).map((e) => e.word);
  const exact = new Map<string, Meaning>();
  for (const entry of entries) {
    const meaning = meaningFor(entry);
    if (meaning !== undefined) exact.set(entry.word, meaning);
  }
  return {
    exact,
    optOutWords: slipIndex(wordsOf('optOut')),
    optIn: new Set(wordsOf('optIn')),
    thanks: thanksPattern(wordsOf('thanks')),
  };
};

/** A table with more words. A word that the addition gives to a drill is taken away from the drill that had it. */
export const extendKeywords = (table: KeywordTable, more: Partial<KeywordTable>): KeywordTable => {
  const taken = new Set((more.drills ?? []).flatMap(({ words }) => words.map(plainText)));
  const kept = table.drills.map(({ drill, words }) => ({
    drill,
    words: words.filter((word) => !taken.has(plainText(word))),
  }));
  const languages = new Set([...Object.keys(table.words), ...Object.keys(more.words ?? {})]);
  const merged = [...languages].map((language) => [
    language,
    mergeWords(table.words[language] ?? {}, more.words?.[language] ?? {}),
  ]);
  return { words: Object.fromEntries(merged), drills: [...kept, ...(more.drills ?? [])] };
};

type LanguageWords = KeywordTable['words'][string];
const mergeWords = (base: LanguageWords, more: LanguageWords): LanguageWords =>
  Object.fromEntries(kinds.map((kind) => [kind, [...(base[kind] ?? []), ...(more[kind] ?? [])]]));

const stretched = /(\p{L})\1{2,}/gu;

/** A word of opt-out that is repeated (`stop stop`), stretched (`stoppp`) or misspelt by a letter. */
const optsOut = (index: KeywordIndex, plain: string): boolean => {
  const [word = '', ...others] = plain.split(' ', 12);
  if (others.some((other) => other !== word)) return false;
  return [word, word.replace(stretched, '$1')].some(
    (each) => index.exact.get(each)?.kind === 'optOut' || isOptOutSlip(index, each),
  );
};

/** What a plain text means that is a keyword, or that can be nothing but a word of opt-out. */
export const keywordIn = (index: KeywordIndex, plain: string): Meaning | undefined =>
  index.exact.get(plain) ?? (optsOut(index, plain) ? { kind: 'optOut' } : undefined);

/** What a text means as a whole, said to somebody who has not opted out. */
export const meaningOf = (index: KeywordIndex, text: string): Meaning | undefined => {
  const plain = plainText(text);
  return keywordIn(index, plain) ?? (index.thanks.test(plain) ? { kind: 'thanks' } : undefined);
};

/** What a text would be taken for instead of an answer to an open question, if anything. */
export const reservedAnswer = (index: KeywordIndex, text: string): Meaning['kind'] | undefined => {
  const kind = keywordIn(index, plainText(text))?.kind;
  return kind !== undefined && rowOf(kind).beforeAnswers ? kind : undefined;
};
