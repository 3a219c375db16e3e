import type { Language } from '@stopcovid/contracts';
import { hasUnspacedLetters, spoken } from './languages/spoken';
import { phrasesIn } from './languages/phrases';
import { isTelling, letters, lexicons, rolesOf, type Lexicon } from './languages/stop-roles';
import { soundsUnlikeStop } from './hearing/sounds-like-stop';
import { lettersTogether, signsAsWords } from './hearing/stop-sign';
import { plainText } from './plain-text';
import { fitsFrom, pattern, type Pattern } from './role-pattern';

/** Parts that stand near each other in this order. */
const anywhere: readonly (readonly string[])[] = Object.values(spoken)
  .flatMap(({ stoppingAnywhere }) => stoppingAnywhere ?? [])
  .flatMap((list) => phrasesIn(list))
  .map((phrase) => phrase.split('…'));
const contraries: readonly string[] = Object.values(spoken).flatMap(({ neverStopping }) =>
  (neverStopping ?? []).flatMap((list) => phrasesIn(list)),
);
/** Farther apart, in UTF-16 units, the parts belong to two sentences. */
const farthestApart = 30;
/** The same for a text whose words nobody counts, in UTF-16 units. */
const longestWithoutSpaces = 320;

/** Longer texts are about something else. It bounds the work as well. */
const mostWords = 80;

/** Sentences that ask us to stop. They begin a sentence, or stand behind a lead (`please`) or a first `stop`; a reason may follow. */
const requests: readonly Pattern[] = [
  's (vgtmof)+',
  'e (vtmo)* t (tmof)*',
  'd (mo)* v (vtmogfkdn)*',
  'n (of)* (vtg) (vtgmof)*',
  'r f* (mt) (tmof)*',
  'a m f (tmof)*',
  'm r (tmof)*',
  '(im)* w* k (tmof)*',
  'i? w+ s (vgtmof)*',
  'i? w+ r (mt) (tmof)*',
  'i? w+ b (tmof)*',
  'i? w+ o* t s',
  'o* t (wp)+ s (vgtmof)*',
  'g (ot)+ (wp)* s',
  'i? w+ f o* t (tmof)*',
  'i? w+ n (of)* (vtg) (vtgmof)*',
  'n (of)* x? x? t (tmof)*',
  'i? n (of)* (vtg) (vgtmof)*',
  'i? d? u (mof)* (gvt) (gvtmof)*',
  'i? (dw)? d (mo)* j (tmof)*',
  '(qQimog)* y (tmof)*',
  'i? d (mo)* w+ (gvo)+ m? x? x? t (tmof)*',
  'd (mo)* v m o* x? x? t (tmof)*',
  's v o* m o* x? x? t (tmof)*',
  'a f o* t (tmof)*',
  'i? d (mo)* w+ n? (gvtmof)+',
  'i? w+ d (mo)* (gv) (gvtmof)*',
  'E (of)* T (tmof)*',
  'n o* s',
  's (lof)* n (tmof)*',
  'Q? x? x? (to)* T x? (lof)* s',
  's (lof)* i (lof)* (ujh) …',
  's (lof)* i d (mo)* (wj) …',
  'y (lof)* (rs)',
  's (lof)* N …',
  'N (xofq)* (lof)* s',
  's (lof)* d (mo)* w (gvo)*',
  's (lof)* d? Q (dof)* x? x? x? (mPy) …',
  '(Qi) (dofgv)* x? x? x? (mPt) (xof)? (xof)? (lof)* s',
  'i? c …',
].map(pattern);

/** What somebody says of themself also in the middle of a sentence. */
const ofOneself: readonly Pattern[] = [
  'i d (mo)* w+ n? (gvof)* t (tmof)*',
  'i d (mo)* j (of)* (to) (tmof)*',
  'i u (mof)* (gv)? o* t (tmof)*',
].map(pattern);

/** Who says it again: `how many times do I have to tell you to stop`. */
const saidBefore = pattern('h s+ (vgtmof)*');

/** What stands for itself wherever it stands: to be taken off, and to stop writing to somebody, unless nobody does. */
const taken = pattern('b (fo)* t …');
const takenAtLast = pattern('b (fom)*');
const stopWriting = pattern('s (vgo)* v (gto)* m …');

/** Behind a lead, a first `stop`, the writer's own denial, or who says that they are gone: `I don't work there anymore remove me`. */
const mayBegin = (roles: readonly string[], at: number): boolean => {
  const [first = letters.lead, second = ''] = roles;
  const before = roles[at - 1] ?? letters.lead;
  if (before.includes(letters.lead) || (at === 1 && before.includes(letters.stop))) return true;
  if (!/^[xo]$/.test(before)) return false;
  return (first.includes(letters.self) && second.includes(letters.deny)) || /[qmN]/.test(first);
};

const isOfOneself = ([first = '']: readonly string[]): boolean => first.includes(letters.self);

const isTaken = (roles: readonly string[], at: number): boolean =>
  fitsFrom(roles, at, taken) || (isOfOneself(roles) && fitsFrom(roles, at, takenAtLast));

/** What is a request in the middle of a sentence as well, by the role that it begins with. */
const saysSoAnywhere = (roles: readonly string[], at: number): boolean => {
  const role = roles[at] ?? '';
  if (role.includes(letters.beTaken)) return isTaken(roles, at);
  if (role === letters.self) return ofOneself.some((each) => fitsFrom(roles, at, each));
  if (role.includes(letters.askUs) && fitsFrom(roles, at, saidBefore)) return true;
  const before = roles[at - 1] ?? letters.lead;
  return role.includes(letters.stop) && !/[di]/.test(before) && fitsFrom(roles, at, stopWriting);
};

const isRequest = (roles: readonly string[]): boolean => {
  const gone = roles.findIndex((role) => role.includes(letters.gone));
  return roles.some(
    (_role, at) =>
      ((mayBegin(roles, at) || (gone >= 0 && gone < at)) &&
        requests.some((each) => fitsFrom(roles, at, each))) ||
      saysSoAnywhere(roles, at),
  );
};

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
  roles.length === 0 || roles.every((role) => role === 'l') || roles.some((role) => /[qimN]/.test(role));

/** `my #`; a hash before digits or letters is another thing. */
const numberSign = /#(?![\p{L}\p{N}])/gu;

const sentencesIn = (text: string): readonly (readonly string[])[] =>
  text
    .replace(numberSign, ' number ')
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

const asksSomewhere = (plain: string): boolean => {
  if (plain.length > longestWithoutSpaces || !hasUnspacedLetters(plain)) return false;
  const said = contraries.reduce((left, contrary) => left.replaceAll(contrary, ' '), plain);
  return anywhere.some((parts) => standInOrder(said, parts));
};

const standInOrder = (text: string, [first = '', second]: readonly string[]): boolean => {
  if (second !== undefined && !text.includes(second)) return false;
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    const after = at + first.length;
    if (second === undefined || text.slice(after, after + farthestApart).includes(second)) return true;
  }
  return false;
};

const courtesies = Object.values(spoken).flatMap(({ courtesy }) => courtesy);
const courtesy = new RegExp(`(?:^| )(?:${courtesies.join('|')})(?= |$)`, 'gu');
const optOutWords: ReadonlySet<string> = new Set(
  Object.values(spoken).flatMap(({ keywords }) => (keywords.optOut ?? []).map(plainText)),
);

/** `please end`, `arrêt svp`, `baja gracias`. */
const isOptOutWithCourtesy = (plain: string): boolean => optOutWords.has(plain.replace(courtesy, '').trim());

/** One word that has us in it: `bórrenme`. */
const saysItAll = (plain: string): boolean =>
  !plain.includes(' ') && lexicons().some(({ lexicon }) => lexicon.phrases.get(plain) === letters.takeMe);

/**
 * Does this text, which is no keyword, plainly ask us to stop? One word does where it says who is meant; another one is a
 * keyword or an answer. What a rule takes for a request may sound so much unlike one that it is none.
 */
export const asksToStop = (text: string): boolean => asksUnless(text, soundsUnlikeStop);

/** The same, where something else tells which of the texts that a rule takes for a request are none. */
export const asksUnless = (said: string, isDenied: (text: string) => boolean): boolean => {
  const text = signsAsWords(said);
  const plain = lettersTogether(plainText(text));
  if (isOptOutWithCourtesy(plain) || saysItAll(plain)) return true;
  return (asksSomewhere(plain) || (mayAsk(plain) && asksInSentences(text))) && !isDenied(text);
};

const asksInSentences = (text: string): boolean => {
  const sentences = sentencesIn(text);
  return lexicons().some(({ lexicon }) => asksIn(sentences, lexicon));
};

const mayAsk = (plain: string): boolean => {
  const words = plain.split(' ');
  return words.length >= 2 && words.length <= mostWords && words.some(isTelling);
};

/** The languages written with spaces in which a text asks us to stop. */
export const languagesToStopIn = (text: string): readonly Language[] => {
  if (!mayAsk(plainText(text))) return [];
  const sentences = sentencesIn(text);
  return lexicons().flatMap(({ language, lexicon }) => (asksIn(sentences, lexicon) ? [language] : []));
};

const yes: ReadonlySet<string> = new Set(Object.values(spoken).flatMap((language) => language.yes));

/** The answer that confirms it. */
export const saysYes = (plain: string): boolean => yes.has(plain);
