import type { Language } from '@stopcovid/contracts';
import type { StopRole } from './languages/language-words';
import { slipsOf } from './languages/word-slips';
import { spoken } from './languages/spoken';
import { plainText } from './plain-text';

/** One letter for each role, so that the order of a sentence's words can be looked at as a text. */
const letters: Readonly<Record<StopRole, string>> = {
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
  lead: 'l',
  reason: 'q',
  takeMe: 'k',
  beTaken: 'b',
  whole: 'c',
  filler: '',
};
const unknown = 'x';
/** Beside a lead: a word that may also say nothing, such as `ya` before and behind what is asked. */
const skippable = 'z';

/** Roles whose phrases say more than those of the ones behind them: `no more` is not a filler. */
const inOrder = Object.keys(letters) as readonly StopRole[];

type Lexicon = ReadonlyMap<string, ReadonlySet<string>>;

const phrasesOf = (phrases: string | undefined): readonly string[] =>
  (phrases ?? '').split(',').flatMap((phrase) => (phrase.trim() === '' ? [] : [phrase.trim()]));

const lexiconOf = (stopping: Readonly<Partial<Record<StopRole, string>>>): Lexicon => {
  const lexicon = new Map<string, Set<string>>();
  for (const role of inOrder)
    for (const phrase of phrasesOf(stopping[role])) {
      const known = lexicon.get(phrase);
      if (known) known.add(role === 'filler' && known.has(letters.lead) ? skippable : letters[role]);
      else lexicon.set(phrase, new Set([letters[role]]));
    }
  return withSlips(lexicon);
};

/** The words with their slips, but for what is another word of the language, or a slip of two words. */
const withSlips = (lexicon: Lexicon): Lexicon => {
  const slipped = new Map<string, ReadonlySet<string>>();
  for (const [word, roles] of lexicon)
    for (const slip of word.includes(' ') ? [] : slipsOf(word))
      slipped.set(slip, slipped.has(slip) && slipped.get(slip) !== roles ? new Set([unknown]) : roles);
  return new Map([...slipped, ...lexicon]);
};

const lexicons = Object.entries(spoken).map(([language, { stopping }]) => ({
  language: language as Language,
  lexicon: lexiconOf(stopping),
}));
const anywhere: readonly string[] = Object.values(spoken).flatMap(
  ({ stoppingAnywhere }) => stoppingAnywhere ?? [],
);

const longestPhrase = 6;
/** Longer texts are about something else. It bounds the work as well. */
const mostWords = 80;

/** The word that tells most of each phrase without which nobody asks us to stop: most texts have none of them. */
const telling: ReadonlySet<string> = new Set(
  Object.values(spoken).flatMap(({ stopping }) =>
    (['stop', 'end', 'deny', 'noMore', 'remove', 'takeMe', 'beTaken', 'whole', 'take'] as const)
      .flatMap((role) => phrasesOf(stopping[role]))
      .map((phrase) =>
        phrase.split(' ').reduce((longest, word) => (word.length > longest.length ? word : longest)),
      ),
  ),
);

/** Those words with a slip in them. */
const slippedTelling: ReadonlySet<string> = new Set([...telling].flatMap(slipsOf));

const isTelling = (word: string): boolean =>
  telling.has(word) || slippedTelling.has(word) || telling.has(unstretched(word));

/** `stoppp` is `stop`: people lean on the last key when they mean it. */
const unstretched = (word: string): string =>
  word.replace(/(\p{L})\1{2,}/gu, '$1').replace(/(\p{L})\1$/u, '$1');

/** The roles of one sentence's words, longest phrases first; a word with two roles has both letters. */
const rolesOf = (words: readonly string[], lexicon: Lexicon): readonly string[] => {
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
  for (let length = Math.min(longestPhrase, words.length - at); length > 0; length -= 1) {
    const phrase = words.slice(at, at + length).join(' ');
    const found = lexicon.get(phrase) ?? (length === 1 ? lexicon.get(unstretched(phrase)) : undefined);
    if (found !== undefined) return { role: [...found].join(''), length };
  }
  return { role: unknown, length: 1 };
};

/** What a word may be, letter by letter, in a place of a sentence. */
type Step = { readonly any: string; readonly repeat: '1' | '?' | '+' | '*' };
type Pattern = { readonly steps: readonly Step[]; readonly open?: true };

/** `s v+ m` and so on: one letter or `(letters)` per step. A pattern that ends in `…` lets anything follow. */
const pattern = (written: string): Pattern => {
  const parts = written.split(' ');
  const open = parts.at(-1) === '…';
  const steps = (open ? parts.slice(0, -1) : parts).map((part): Step => {
    const repeat = /[?+*]$/.exec(part)?.[0] ?? '1';
    return { any: part.replace(/[?+*()]/g, ''), repeat: repeat as Step['repeat'] };
  });
  return open ? { steps, open } : { steps };
};

/** Sentences that ask us to stop. They begin a sentence, or stand behind a lead (`please`) or a first `stop`; a reason may follow. */
const requests: readonly Pattern[] = [
  's (vgtmof)+',
  'e (vtmof)* t (tmof)*',
  'd (mo)* v (vtmogf)*',
  'n (of)* (vtg) (vtgmof)*',
  'r (mt) (tmof)*',
  'a m f (tmof)*',
  'm r (tmof)+',
  '(im)* w* k (tmof)*',
  'i? w+ s (vgtmof)*',
  'i? w+ r (mt) (tmof)*',
  'i? w+ b (tmof)*',
  'i? w+ o* t s',
  'o* t w+ s',
  'a f o* t (tmof)*',
  'i? d (mo)* w+ n? (gvtmof)+',
  'c …',
].map(pattern);

/** What stands for itself wherever it stands: to be taken off, and to stop writing to somebody, unless nobody does. */
const taken = pattern('b (fo)* t …');
const stopWriting = pattern('s (vgo)* v (gto)* m …');

const fits = (role: string, { any }: Step): boolean => [...role].some((letter) => any.includes(letter));

/** Whether the pattern fits from here. Every word is looked at once per step that it may be of: at most as often as there are steps. */
const fitsFrom = (roles: readonly string[], start: number, { steps, open }: Pattern): boolean => {
  let places = new Set([start]);
  for (const step of steps) {
    places = advance(roles, withSkipped(roles, places), step);
    if (places.size === 0) return false;
  }
  const ends = withSkipped(roles, places);
  return open === true || [...ends].some((at) => at === roles.length || /[qi]/.test(roles[at] ?? ''));
};

/** The places with those behind words that may say nothing. */
const withSkipped = (roles: readonly string[], places: ReadonlySet<number>): ReadonlySet<number> => {
  const all = new Set(places);
  for (const at of all) if (roles[at]?.includes(skippable) === true) all.add(at + 1);
  return all;
};

const advance = (roles: readonly string[], places: ReadonlySet<number>, step: Step): Set<number> => {
  const next = new Set<number>(step.repeat === '?' || step.repeat === '*' ? places : []);
  const many = step.repeat === '+' || step.repeat === '*';
  const waiting = [...places];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const role = roles[at];
    if (role === undefined || !fits(role, step)) continue;
    if (!next.has(at + 1) && many) waiting.push(at + 1);
    next.add(at + 1);
  }
  return next;
};

/** Behind a lead, behind a first `stop`, or behind the writer's own denial: `I don't work there anymore remove me`. */
const mayBegin = (roles: readonly string[], at: number): boolean => {
  const [first = letters.lead, second = ''] = roles;
  const before = roles[at - 1] ?? letters.lead;
  if (before.includes(letters.lead) || (at === 1 && before.includes(letters.stop))) return true;
  return /^[xo]$/.test(before) && first.includes(letters.self) && second.includes(letters.deny);
};

const isRequest = (roles: readonly string[]): boolean =>
  roles.some((role, at) => {
    const before = roles[at - 1] ?? letters.lead;
    if (mayBegin(roles, at) && requests.some((each) => fitsFrom(roles, at, each))) return true;
    if (role.includes(letters.beTaken)) return fitsFrom(roles, at, taken);
    return role.includes(letters.stop) && !/[di]/.test(before) && fitsFrom(roles, at, stopWriting);
  });

/** `stop`, `ok stop now`, `stop please I am busy`: a word of stopping, and nothing of what is to stop. */
const isBareStop = (all: readonly string[]): boolean => {
  const self = all.findIndex((role, at) => role === letters.self && all[at - 1]?.includes(letters.lead));
  const roles = self < 2 ? all : all.slice(0, self);
  return (
    roles.length > 0 && roles.every((role) => /[slo]/.test(role)) && roles.some((role) => role.includes('s'))
  );
};

/** Says nothing of its own, or speaks of its writer and us. */
const goesWithBareStop = (roles: readonly string[]): boolean =>
  roles.length === 0 || roles.every((role) => role === 'l') || roles.some((role) => /[qim]/.test(role));

const sentencesIn = (text: string): readonly (readonly string[])[] =>
  text
    .split(/[.!?;,:\n\u2026\u2013\u2014]+/u)
    .map((sentence) =>
      plainText(sentence)
        .split(' ')
        .filter((word) => word !== ''),
    )
    .filter((words) => words.length > 0);

const asksIn = (sentences: readonly (readonly string[])[], lexicon: Lexicon): boolean => {
  const roles = sentences.map((words) => rolesOf(words, lexicon));
  if (roles.some(isRequest)) return true;
  return roles.some(isBareStop) && roles.every((each) => isBareStop(each) || goesWithBareStop(each));
};

/** Does this text, which is no keyword, plainly ask us to stop? Two words at least: one alone is a keyword or an answer. */
export const asksToStop = (text: string): boolean => {
  const plain = plainText(text);
  if (anywhere.some((phrase) => plain.includes(phrase))) return true;
  if (!mayAsk(plain)) return false;
  const sentences = sentencesIn(text);
  return lexicons.some(({ lexicon }) => asksIn(sentences, lexicon));
};

const mayAsk = (plain: string): boolean => {
  const words = plain.split(' ');
  return words.length >= 2 && words.length <= mostWords && words.some(isTelling);
};

/** The languages written with spaces in which a text asks us to stop. */
export const languagesToStopIn = (text: string): readonly Language[] => {
  if (!mayAsk(plainText(text))) return [];
  const sentences = sentencesIn(text);
  return lexicons.flatMap(({ language, lexicon }) => (asksIn(sentences, lexicon) ? [language] : []));
};

const yes: ReadonlySet<string> = new Set(Object.values(spoken).flatMap((language) => language.yes));

/** The answer that confirms it. */
export const saysYes = (plain: string): boolean => yes.has(plain);
