import { spoken } from '../languages/spoken';
import type { WhenWords } from '../languages/language-words';

/* The words with which people say when are in the languages. A language that we do not speak is read by the others. */

/** The days of the week by their English abbreviations, Monday first. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** What a word says about when. Times are minutes after midnight. */
export type Term =
  | { readonly is: 'day'; readonly days: readonly Weekday[] }
  /** A part of the day: the usual time of it, and which half of the day an hour beside it is in. */
  | { readonly is: 'part'; readonly at: number; readonly half: 'am' | 'pm' }
  | { readonly is: 'half'; readonly half: 'am' | 'pm' }
  | { readonly is: 'hour'; readonly hour: number }
  /** Added to the hour before it (`y media`) or behind it (`half past`). */
  | { readonly is: 'after'; readonly minutes: number }
  /** `at`, `a las`: what follows is an hour. */
  | { readonly is: 'at' }
  /** `h`: the number before it is an hour of twenty-four. */
  | { readonly is: 'clock' }
  | { readonly is: 'to' }
  | { readonly is: 'except' }
  | { readonly is: 'any' }
  /** Says nothing: articles, courtesy, `and`. */
  | { readonly is: 'filler' };

export type Lexicon = ReadonlyMap<string, Term>;

const tables = new Map(Object.entries(spoken).map(([language, { when }]) => [language, when]));

const minutes = (hour: number): number => hour * 60;

const terms = (table: WhenWords): readonly (readonly [string, Term])[] => {
  const all = (words: string, term: Term) =>
    words.split(' ').map((word) => [word.replaceAll('_', ' '), term] as const);
  return [
    ...all(table.filler, { is: 'filler' }),
    ...all(table.at, { is: 'at' }),
    ...all(table.to, { is: 'to' }),
    ...all(table.hours, { is: 'filler' }).map(
      ([word], index) => [word, { is: 'hour', hour: index + 1 }] as const,
    ),
    ...table.days.flatMap((words, index) =>
      all(words, { is: 'day', days: weekdays.slice(index, index + 1) }),
    ),
    ...all(table.workdays, { is: 'day', days: weekdays.slice(0, 5) }),
    ...all(table.weekend, { is: 'day', days: weekdays.slice(5) }),
    ...all(table.everyDay, { is: 'day', days: weekdays }),
    ...all(table.morning, { is: 'part', at: minutes(9), half: 'am' }),
    ...all(table.noon, { is: 'part', at: minutes(12), half: 'pm' }),
    ...all(table.afternoon, { is: 'part', at: minutes(15), half: 'pm' }),
    ...all(table.evening, { is: 'part', at: minutes(19), half: 'pm' }),
    ...all(table.am, { is: 'half', half: 'am' }),
    ...all(table.pm, { is: 'half', half: 'pm' }),
    ...all(table.half, { is: 'after', minutes: 30 }),
    ...all(table.quarter, { is: 'after', minutes: 15 }),
    ...all(table.threeQuarters, { is: 'after', minutes: 45 }),
    ...all(table.clock, { is: 'clock' }),
    ...all(table.except, { is: 'except' }),
    ...all(table.any, { is: 'any' }),
  ];
};

const lexicons = new Map<string, Lexicon>();

/** The words of a language, and of the others where its own say nothing of them: people answer in either. */
export const lexiconOf = (language: string): Lexicon => {
  const known = lexicons.get(language);
  if (known !== undefined) return known;
  const others = [...tables.keys()].filter((each) => each !== language);
  const made = new Map(
    [...others.reverse(), language].flatMap((each) => {
      const table = tables.get(each);
      return table === undefined ? [] : terms(table);
    }),
  );
  lexicons.set(language, made);
  return made;
};

/** The most words that a phrase has. */
export const longestPhrase = 4;
