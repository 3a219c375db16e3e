import type { Language } from '@stopcovid/contracts';
import { spoken } from './languages/spoken';
import { isTelling, letters, lexicons, rolesOf, type Lexicon } from './languages/stop-roles';
import { plainText } from './plain-text';
import { fitsFrom, pattern, type Pattern } from './role-pattern';

const anywhere: readonly string[] = Object.values(spoken).flatMap(
  ({ stoppingAnywhere }) => stoppingAnywhere ?? [],
);

/** Longer texts are about something else. It bounds the work as well. */
const mostWords = 80;

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
