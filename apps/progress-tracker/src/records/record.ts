import type { DrillHash, DrillRunId, DrillSlug, Phone } from '@stopcovid/contracts';
import type { Score } from '../progress/run-score';

/** That a person took a record back, and why. */
export type Withdrawal = { readonly at: Date; readonly by: string; readonly reason: string };

/** A completed run that a record rests on. */
export type RecordRun = {
  readonly drill: DrillSlug;
  readonly revision: DrillHash;
  readonly runId: DrillRunId;
};

/** That a trainee passed a course, as it was at that moment: one per trainee and course, at one address for good. */
export type CompletionRecord = {
  /** The end of its address; nobody guesses it, nor reads a phone out of it. */
  readonly id: string;
  readonly phone: Phone;
  /** The course by its slug. */
  readonly course: string;
  /** How people called it then, by language; absent where it had no title. */
  readonly title?: Readonly<Record<string, string>>;
  /** Of the run that was completed last; absent in a record of a release that did not keep it. */
  readonly language?: string;
  /** Of the course when it was passed: the hash of its drills, their revisions and its pass mark. */
  readonly revision: string;
  readonly passedAt: Date;
  readonly score: Score;
  /** In percent. */
  readonly passMark: number;
  readonly runs: readonly RecordRun[];
  /** As the trainee was when they passed. */
  readonly employerId?: string;
  /** The last batch of the phone that was taken into account. */
  readonly version: number;
  /** When a run that it rests on stopped counting; it is valid again once the course is passed again. */
  readonly takenBackAt?: Date;
  /** It stays so, whatever happens to the runs. */
  readonly withdrawn?: Withdrawal;
  /** Its trainee was erased: nothing is left in it but its course and days, and its address says so for good. */
  readonly erasedAt?: Date;
  /** The batch that erased whoever had one before: what is passed after it has an address of its own. */
  readonly after?: number;
};

export const recordStatuses = ['valid', 'withdrawn'] as const;
export type RecordStatus = (typeof recordStatuses)[number];

/** Whether a record is to be relied on. */
export const statusOf = ({ withdrawn, takenBackAt }: CompletionRecord): RecordStatus =>
  withdrawn === undefined && takenBackAt === undefined ? 'valid' : 'withdrawn';

/** `workplace-hygiene` is Workplace hygiene. */
const inWords = (slug: string): string => {
  const words = slug.replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};

/** A text, and the language that it is in; nobody knows that of a slug in words. */
export type Titled = { readonly text: string; readonly language?: string };

/** How a course is called in a language, or else in another one. */
export const titleIn = (
  { course, title = {} }: Pick<CompletionRecord, 'course' | 'title'>,
  language: string,
): Titled => {
  const known = [language, 'en', ...Object.keys(title)].find((each) => Object.hasOwn(title, each));
  const text = known === undefined ? undefined : title[known];
  return text === undefined || known === undefined ? { text: inWords(course) } : { text, language: known };
};

/** The language in which a record is shown and signed. */
export const languageOf = ({ language = 'en' }: Pick<CompletionRecord, 'language'>): string => language;
