import type { Language } from '@stopcovid/contracts';
import type { Stopping, StopRole } from './language-words';
import { phrasesIn } from './phrases';
import { spoken } from './spoken';
import { slipsOf } from './word-slips';

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
  lead: 'l',
  reason: 'q',
  takeMe: 'k',
  beTaken: 'b',
  whole: 'c',
  filler: '',
};
const unknown = 'x';
/** Beside a lead: a word that may also say nothing, such as `ya` before and behind what is asked. */
export const skippable = 'z';

/** Roles whose phrases say more than those of the ones behind them: `no more` is not a filler. */
const inOrder = Object.keys(letters) as readonly (keyof typeof letters)[];

type Phrases = ReadonlyMap<string, ReadonlySet<string>>;
/** The roles of a language's words and phrases, and the words that say nothing between others. */
export type Lexicon = { readonly phrases: Phrases; readonly between: ReadonlySet<string> };

const phrasesOf = (stopping: Stopping): Phrases => {
  const lexicon = new Map<string, Set<string>>();
  for (const role of inOrder)
    for (const phrase of phrasesIn(stopping[role])) {
      const known = lexicon.get(phrase);
      if (known) known.add(role === 'filler' && known.has(letters.lead) ? skippable : letters[role]);
      else lexicon.set(phrase, new Set([letters[role]]));
    }
  return withSlips(lexicon);
};

/** The words with their slips, but for what is another word of the language, or a slip of two words. */
const withSlips = (lexicon: Phrases): Phrases => {
  const slipped = new Map<string, ReadonlySet<string>>();
  for (const [word, roles] of lexicon)
    for (const slip of word.includes(' ') ? [] : slipsOf(word))
      slipped.set(slip, slipped.has(slip) && slipped.get(slip) !== roles ? new Set([unknown]) : roles);
  return new Map([...slipped, ...lexicon]);
};

/** Made when the first text needs it: most processes that load us read none. */
const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

/** What each language says, by its roles. */
export const lexicons = once(() =>
  Object.entries(spoken).map(([language, { stopping }]) => ({
    language: language as Language,
    lexicon: { phrases: phrasesOf(stopping), between: new Set(phrasesIn(stopping.between)) },
  })),
);
const longestPhrase = 7;

const tellingRoles = [
  ...(['stop', 'end', 'deny', 'noMore', 'remove', 'takeMe', 'beTaken', 'whole', 'take'] as const),
  ...(['refuse', 'wrong'] as const),
];

/** The word that tells most of each phrase without which nobody asks us to stop: most texts have none of them. */
const telling = once(
  (): ReadonlySet<string> =>
    new Set(
      Object.values(spoken).flatMap(({ stopping }) =>
        tellingRoles
          .flatMap((role) => phrasesIn(stopping[role]))
          .map((phrase) =>
            phrase.split(' ').reduce((longest, word) => (word.length > longest.length ? word : longest)),
          ),
      ),
    ),
);

/** Those words with a slip in them. */
const slippedTelling = once((): ReadonlySet<string> => new Set([...telling()].flatMap(slipsOf)));

/** Whether a text with this word is worth reading for a request to stop. */
export const isTelling = (word: string): boolean =>
  telling().has(word) || slippedTelling().has(word) || telling().has(unstretched(word));

/** `stoppp` is `stop`: people lean on the last key when they mean it. */
const unstretched = (word: string): string =>
  word.replace(/(\p{L})\1{2,}/gu, '$1').replace(/(\p{L})\1$/u, '$1');

/** The roles of one sentence's words, longest phrases first; a word with two roles has both letters. */
export const rolesOf = (said: readonly string[], { phrases, between }: Lexicon): readonly string[] => {
  const words = said.filter((word) => !between.has(word));
  const roles: string[] = [];
  for (let at = 0; at < words.length;) {
    const { role, length } = roleAt(words, at, phrases);
    if (role !== '') roles.push(role);
    at += length;
  }
  while (roles.at(-1) === letters.lead) roles.pop();
  return roles;
};

const roleAt = (
  words: readonly string[],
  at: number,
  phrases: Phrases,
): { readonly role: string; readonly length: number } => {
  for (let length = Math.min(longestPhrase, words.length - at); length > 0; length -= 1) {
    const phrase = words.slice(at, at + length).join(' ');
    const found = phrases.get(phrase) ?? (length === 1 ? phrases.get(unstretched(phrase)) : undefined);
    if (found !== undefined) return { role: [...found].join(''), length };
  }
  return { role: unknown, length: 1 };
};
