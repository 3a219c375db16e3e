import type { Language } from '@stopcovid/contracts';
import type { Stopping, StopRole } from './language-words';
import { phrasesIn } from './phrases';
import { spoken } from './spoken';
import { slipIndex, slippedFrom, type SlipIndex } from './word-slips';

/** One letter for each role, so that the order of a sentence's words can be looked at as a text. */
export const letters: Readonly<Record<Exclude<StopRole, 'between'>, string>> = {
  stop: 's',
  end: 'e',
  deny: 'd',
  noMore: 'n',
  send: 'v',
  get: 'g',
  remove: 'r',
  take: 'a',
  off: 'f',
  texts: 't',
  me: 'm',
  thing: 'o',
  want: 'w',
  self: 'i',
  must: 'p',
  join: 'j',
  refuse: 'u',
  wrong: 'y',
  askUs: 'h',
  isThis: 'Q',
  phone: 'P',
  gone: 'N',
  finish: 'E',
  written: 'T',
  lead: 'l',
  reason: 'q',
  takeMe: 'k',
  beTaken: 'b',
  whole: 'c',
  aside: 'x',
  filler: '',
};
const unknown = letters.aside;
/** Beside a lead: a word that may also say nothing, such as `ya` before and behind what is asked. */
export const skippable = 'z';

/** Roles whose phrases say more than those of the ones behind them: `no more` is not a filler. */
const inOrder = Object.keys(letters) as readonly (keyof typeof letters)[];

/** Each phrase with the letters of its roles. */
type Phrases = ReadonlyMap<string, string>;
/** The roles of a language's words and phrases, and the words that say nothing between others. */
export type Lexicon = {
  readonly phrases: Phrases;
  /** Of the phrases that begin with a word, how many words the longest has. */
  readonly longest: ReadonlyMap<string, number>;
  readonly slips: SlipIndex;
  readonly between: ReadonlySet<string>;
};

const withRole = (known: string | undefined, role: keyof typeof letters): string => {
  if (known === undefined) return letters[role];
  const letter = role === 'filler' && known.includes(letters.lead) ? skippable : letters[role];
  return known.includes(letter) ? known : known + letter;
};

const phrasesOf = (stopping: Stopping): Phrases => {
  const lexicon = new Map<string, string>();
  for (const role of inOrder)
    for (const phrase of phrasesIn(stopping[role])) lexicon.set(phrase, withRole(lexicon.get(phrase), role));
  return lexicon;
};

/** What is made when it is first asked for, and whether it has been. */
type Once<T> = (() => T) & { readonly isMade: () => boolean };

/** Made when a text needs it, or before by `readyWords`: most processes that load us read none. */
export const once = <T>(make: () => T): Once<T> => {
  let made: T | undefined;
  return Object.assign(() => (made ??= make()), { isMade: () => made !== undefined });
};

/** What each language that is written with spaces says, by its roles. */
export const lexicons = once(() =>
  Object.entries(spoken)
    .filter(([, { isWrittenWithoutSpaces }]) => isWrittenWithoutSpaces !== true)
    .map(([language, { stopping }]) => ({
      language: language as Language,
      lexicon: lexiconOf(stopping),
    })),
);

/** What people say in a sentence of any of our languages: `no more mensajes svp`. */
const everywhere = once((): Phrases => {
  const said = new Map<string, string>();
  for (const { stopping, courtesy } of Object.values(spoken)) {
    for (const phrase of courtesy) said.set(phrase, letters.lead + skippable);
    for (const phrase of phrasesIn(stopping.written)) said.set(phrase, letters.texts + letters.written);
  }
  return said;
});

const lexiconOf = (stopping: Stopping): Lexicon => {
  const phrases = new Map([...everywhere(), ...phrasesOf(stopping)]);
  return {
    phrases,
    longest: longestOf(phrases.keys()),
    slips: slipIndex(phrases.keys()),
    between: new Set(phrasesIn(stopping.between)),
  };
};

const wordsIn = (phrase: string): number => {
  let words = 1;
  for (let at = phrase.indexOf(' '); at >= 0; at = phrase.indexOf(' ', at + 1)) words += 1;
  return words;
};

const longestOf = (phrases: Iterable<string>): ReadonlyMap<string, number> => {
  const longest = new Map<string, number>();
  for (const phrase of phrases) {
    const end = phrase.indexOf(' ');
    if (end < 0) continue;
    const first = phrase.slice(0, end);
    longest.set(first, Math.max(longest.get(first) ?? 1, wordsIn(phrase)));
  }
  return longest;
};

const tellingRoles = [
  ...(['stop', 'end', 'deny', 'noMore', 'remove', 'takeMe', 'beTaken', 'whole', 'take'] as const),
  ...(['refuse', 'wrong', 'finish'] as const),
];

const tellingLetters = new RegExp(`[${tellingRoles.map((role) => letters[role]).join('')}]`);

const longestWordOf = (phrase: string): string => {
  let [from, length] = [0, 0];
  for (let start = 0; start < phrase.length;) {
    const blank = phrase.indexOf(' ', start);
    const end = blank < 0 ? phrase.length : blank;
    if (end - start > length) [from, length] = [start, end - start];
    start = end + 1;
  }
  return length === phrase.length ? phrase : phrase.slice(from, from + length);
};

/** The word that tells most of each phrase without which nobody asks us to stop: most texts have none of them. */
const telling = once(() => {
  const words = new Set<string>();
  for (const { lexicon } of lexicons())
    for (const [phrase, roles] of lexicon.phrases)
      if (tellingLetters.test(roles)) words.add(longestWordOf(phrase));
  return { words, slips: slipIndex(words) };
});

/** Makes ready what tells whether a text is worth reading. */
export const readyWords = (): void => void telling();

export const areWordsReady = (): boolean => telling.isMade();

/** Whether a text with this word is worth reading for a request to stop. */
export const isTelling = (word: string): boolean => {
  const { words, slips } = telling();
  return words.has(word) || words.has(unstretched(word)) || slippedFrom(slips, word).length > 0;
};

/** `stoppp` is `stop`: people lean on the last key when they mean it. */
const unstretched = (word: string): string =>
  hasLetterTwice(word) ? word.replace(/(\p{L})\1{2,}/gu, '$1').replace(/(\p{L})\1$/u, '$1') : word;

const hasLetterTwice = (word: string): boolean => {
  for (let at = 1; at < word.length; at += 1) if (word[at] === word[at - 1]) return true;
  return false;
};

/** The roles of one sentence's words, longest phrases first; a word with two roles has both letters. */
export const rolesOf = (said: readonly string[], lexicon: Lexicon): readonly string[] => {
  const words = said.filter((word) => !lexicon.between.has(word));
  const roles: string[] = [];
  for (let at = 0; at < words.length;) {
    const { role, length } = roleAt(words, at, lexicon);
    if (role !== '') roles.push(role);
    at += length;
  }
  while (roles.at(-1) === letters.lead) roles.pop();
  return roles;
};

const roleAt = (
  words: readonly string[],
  at: number,
  lexicon: Lexicon,
): { readonly role: string; readonly length: number } => {
  const first = words[at] ?? '';
  for (let length = Math.min(lexicon.longest.get(first) ?? 1, words.length - at); length > 1; length -= 1) {
    const found = lexicon.phrases.get(words.slice(at, at + length).join(' '));
    if (found !== undefined) return { role: found, length };
  }
  return { role: roleOfWord(first, lexicon), length: 1 };
};

/** Shorter words are too often words of another language to say nothing: `stop sign`, `sigan`. */
const shortestFiller = 6;

/** A slip of two words that are not the same to us is neither. */
const roleOfWord = (word: string, { phrases, slips }: Lexicon): string => {
  const exact = phrases.get(word) ?? phrases.get(unstretched(word));
  if (exact !== undefined) return exact;
  const roles = new Set(slippedFrom(slips, word).map((each) => phrases.get(each)));
  const [role = unknown] = roles;
  const isTold = role !== letters.filler || word.length >= shortestFiller;
  return roles.size === 1 && isTold ? role : unknown;
};
