import { withoutAccents } from '../grading/accents';
import { isNumber, wordsOf } from '../grading/words';
import { lexiconOf, longestPhrase, weekdays, type Lexicon, type Term, type Weekday } from './lexicon';

/** When somebody wants to be written to. A field that they did not speak of is absent. `time`: `07:30`, or at any. */
export type When = { readonly days?: readonly Weekday[]; readonly time?: string };

type Token = Term | { readonly is: 'number'; readonly typed: string } | { readonly is: 'unknown' };

/** A time of day under way: an hour as it was said, and what the words beside it said of it. */
type Said = { readonly hour: number; readonly minutes: number; readonly sure: boolean };

const day = 24 * 60;

/**
 * Reads days and a time of day in words: `mornings`, `7:30pm`, `lunes a las 8`, `du lundi au vendredi, 19h30`, `every
 * day except Sunday`. Undefined when nothing is said of either, or two things at once (`7 or 8`). An hour that may be in
 * either half of the day is taken to be between 7 in the morning and 6 in the evening; who meant the other is read back
 * what was understood.
 */
export const readWhen = (text: string, language: string): When | undefined => {
  const tokens = tokensOf(text, lexiconOf(language));
  const days = daysIn(tokens);
  const time = timeIn(tokens);
  if (days === 'unclear' || time === 'unclear') return undefined;
  if (days === undefined && time === undefined) return undefined;
  return { ...(days !== undefined && { days }), ...(time !== undefined && { time }) };
};

const dash = /([-‐‑–—])/u;
const notOfWord = /[^\p{L}\p{M}]/u;

const namesDays = (word: string | undefined, lexicon: Lexicon): boolean =>
  word !== undefined && lexicon.get(withoutAccents(word.toLowerCase()))?.is === 'day';

/** A dash between two days means all from one to the other; elsewhere (`week-end`) it only joins words. */
const withRanges = (text: string, lexicon: Lexicon): string => {
  const parts = text.split(dash);
  const isRange = (at: number): boolean =>
    namesDays(parts[at - 1]?.trimEnd().split(notOfWord).at(-1), lexicon) &&
    namesDays(parts[at + 1]?.trimStart().split(notOfWord).at(0), lexicon);
  return parts.map((part, at) => (at % 2 === 1 && isRange(at) ? ' to ' : part)).join('');
};

const tokensOf = (text: string, lexicon: Lexicon): readonly Token[] => {
  const words = wordsOf(withRanges(text, lexicon).replace(/@/g, ' at ')).words.map((word) =>
    withoutAccents(word.replace(/'$/, '')),
  );
  const tokens: Token[] = [];
  for (let at = 0; at < words.length;) {
    const phrase = phraseAt(words, at, lexicon);
    tokens.push(phrase.token);
    at += phrase.length;
  }
  return tokens;
};

type Phrase = { readonly token: Token; readonly length: number };

/** The longest phrase that the lexicon knows; `19h` is a number and its word. */
const phraseAt = (words: readonly string[], at: number, lexicon: Lexicon): Phrase => {
  for (let length = Math.min(longestPhrase, words.length - at); length > 0; length -= 1) {
    const token = lexicon.get(words.slice(at, at + length).join(' '));
    if (token !== undefined) return { token, length };
  }
  const word = words[at] ?? '';
  return { token: isNumber(word) ? { is: 'number', typed: word } : { is: 'unknown' }, length: 1 };
};

/* Days */

const rank = (name: Weekday): number => weekdays.indexOf(name);
const inOrder = (days: ReadonlySet<Weekday>): readonly Weekday[] => weekdays.filter((each) => days.has(each));

/** `mon-fri`, and over the weekend: `fri to mon`. */
const range = (from: Weekday, to: Weekday): readonly Weekday[] => {
  const length = (rank(to) - rank(from) + weekdays.length) % weekdays.length;
  return Array.from(
    { length: length + 1 },
    (_, step) => weekdays[(rank(from) + step) % weekdays.length] ?? to,
  );
};

type Days = Extract<Term, { is: 'day' }>;
const isDay = (token: Token | undefined): token is Days => token?.is === 'day';

const daysIn = (tokens: readonly Token[]): readonly Weekday[] | 'unclear' | undefined => {
  const wanted = new Set<Weekday>();
  const unwanted = new Set<Weekday>();
  let excepting = false;
  for (const [index, token] of tokens.entries()) {
    if (token.is === 'except') excepting = true;
    if (!isDay(token)) continue;
    for (const each of namedAt(tokens, index, token)) (excepting ? unwanted : wanted).add(each);
  }
  if (wanted.size === 0 && unwanted.size === 0) return undefined;
  const from = wanted.size === 0 ? new Set(weekdays) : wanted;
  const left = inOrder(new Set([...from].filter((each) => !unwanted.has(each))));
  return left.length === 0 ? 'unclear' : left;
};

/** The days of one word; behind `to`, all from the day before it. */
const namedAt = (tokens: readonly Token[], index: number, { days }: Days): readonly Weekday[] => {
  const [to, more] = days;
  const from = rangeStart(tokens.slice(0, index));
  return from === undefined || to === undefined || more !== undefined ? days : range(from, to);
};

/** The day that a range begins with, where the words before a day are one and `to`. */
const rangeStart = (before: readonly Token[]): Weekday | undefined => {
  const [last, joint] = before.filter(({ is }) => is !== 'filler').reverse();
  return last?.is === 'to' && isDay(joint) ? joint.days.at(-1) : undefined;
};

/* Time */

const timeIn = (tokens: readonly Token[]): string | 'unclear' | undefined => {
  const said = [...new Set(saidIn(tokens))];
  if (said.length > 0) return onlyTime(said);
  const parts = [...new Set(tokens.flatMap((token) => (token.is === 'part' ? [token.at] : [])))];
  if (parts.length > 0) return onlyTime(parts);
  return tokens.some(({ is }) => is === 'any') ? 'any' : undefined;
};

const onlyTime = ([time, other]: readonly (number | undefined)[]): string =>
  time === undefined || other !== undefined ? 'unclear' : clockOf(time);

const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Every time that is said with an hour, in minutes after midnight; undefined for one that no clock shows. */
const saidIn = (tokens: readonly Token[]): readonly (number | undefined)[] => {
  const times: (number | undefined)[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const hour = hourAt(tokens, at);
    if (hour === undefined) continue;
    times.push(settled(hour.said, halfBeside(tokens, at, hour.length)));
    at += hour.length - 1;
  }
  return times;
};

type Hour = { readonly said: Said; readonly length: number };

/** `7`, `7:30`, `7.30`, `19h30`, `730pm`, `half past 7`, `7 y media`, and how many tokens it takes. */
const hourAt = (tokens: readonly Token[], at: number): Hour | undefined => {
  const token = tokens[at];
  if (token?.is === 'hour')
    return isMeant(tokens, at)
      ? withMinutes(tokens, at, { hour: token.hour, minutes: 0, sure: false })
      : undefined;
  if (token?.is !== 'number') return undefined;
  const typed = typedTime(token.typed);
  if (typed === undefined)
    return isMeant(tokens, at) ? { said: { hour: 99, minutes: 0, sure: true }, length: 1 } : undefined;
  return typed.minutes > 0 || isMeant(tokens, at) ? withMinutes(tokens, at, typed) : undefined;
};

/** `7`, `07`, `7.30`, `730`, `1930`. A leading zero, or more than 12, is of a clock with twenty-four hours. */
const typedTime = (typed: string): Said | undefined => {
  const match = /^(\d{1,2})(?:\.?([0-5]\d))?$/.exec(typed) ?? /^(\d{1,2})\.([0-5])$/.exec(typed);
  if (match?.[1] === undefined) return undefined;
  const hour = Number(match[1]);
  const minutes = Number((match[2] ?? '0').padEnd(match[2]?.length === 1 ? 2 : 1, '0'));
  return hour > 24 ? undefined : { hour, minutes, sure: match[1].startsWith('0') || hour > 12 };
};

/** A number alone is an hour where nothing else is said that we do not know, or a word beside it makes it one. */
const isMeant = (tokens: readonly Token[], at: number): boolean => {
  const before = tokens.slice(Math.max(0, at - 1), at);
  const behind = tokens.slice(at + 1, at + 5);
  const marked =
    before.some(({ is }) => is === 'at' || is === 'after') ||
    behind.some(({ is }) => is === 'half' || is === 'clock' || is === 'part');
  return marked || tokens.every(({ is }) => is !== 'unknown');
};

const withMinutes = (tokens: readonly Token[], at: number, said: Said): Hour => {
  const before = tokens[at - 1];
  if (before?.is === 'after') return { said: { ...said, minutes: before.minutes }, length: 1 };
  const clock = tokens[at + 1]?.is === 'clock' ? 1 : 0;
  const sure = said.sure || clock === 1;
  const minutes = said.minutes === 0 ? minutesOf(tokens[at + 1 + clock]) : undefined;
  return minutes === undefined
    ? { said: { ...said, sure }, length: 1 + clock }
    : { said: { ...said, minutes, sure }, length: 2 + clock };
};

/** The minutes that follow an hour: `30`, or `y media`. */
const minutesOf = (token: Token | undefined): number | undefined => {
  if (token?.is === 'after') return token.minutes;
  return token?.is === 'number' && /^[0-5]\d$/.test(token.typed) ? Number(token.typed) : undefined;
};

/** Which half of the day the words behind an hour, or the only part of the day that is named, put it in. */
const halfBeside = (tokens: readonly Token[], at: number, length: number): 'am' | 'pm' | undefined => {
  const behind = tokens
    .slice(at + length, at + length + 4)
    .find((token) => token.is === 'half' || token.is === 'part');
  if (behind?.is === 'half' || behind?.is === 'part') return behind.half;
  const parts = new Set(tokens.flatMap((token) => (token.is === 'part' ? [token.half] : [])));
  return parts.size === 1 ? [...parts][0] : undefined;
};

/** Minutes after midnight. Undefined for what no clock shows: `13 am`, `25`, `0 pm`. */
const settled = ({ hour, minutes, sure }: Said, half: 'am' | 'pm' | undefined): number | undefined => {
  if (hour > 24 || (hour > 12 && half === 'am')) return undefined;
  if (half !== undefined && hour <= 12) return ((hour % 12) + (half === 'pm' ? 12 : 0)) * 60 + minutes;
  const likely = !sure && hour >= 1 && hour < 7 ? hour + 12 : hour;
  return (likely * 60 + minutes) % day;
};
