import type { WordKind } from '../meanings';

/**
 * What a word or phrase is to a request to stop that is no keyword: what is to end (`stop`, `end` only of texts), who
 * denies (`deny`, `noMore`), what we do (`send`, `get`), what it is about (`texts`, `me`, `thing`), and what may stand
 * before, behind or between it. Who never joined (`join` behind a denial), refuses (`refuse`) or is not whom we mean
 * (`wrong`) asks as well, and so does who was not heard (`askUs`: `I told you to`), and who says beside a `stop` whose
 * `phone` this is (`isThis`), or
 * that they are `gone` from where we know them. `finish` ends only what is plainly ours (`written`: `end of texts`, not `of service`). Phrases that say it all are `whole`;
 * those with who is meant in them are `takeMe` and `beTaken`. Words that are `between` are left out wherever they stand.
 * What only looks like one of them is
 * `aside`: `para seguir`. Words in none of these make a sentence about something else.
 */
export type StopRole =
  | 'stop'
  | 'end'
  | 'deny'
  | 'noMore'
  | 'send'
  | 'get'
  | 'remove'
  | 'take'
  | 'off'
  | 'texts'
  | 'me'
  | 'thing'
  | 'want'
  | 'self'
  | 'must'
  | 'join'
  | 'refuse'
  | 'wrong'
  | 'askUs'
  | 'isThis'
  | 'phone'
  | 'gone'
  | 'finish'
  | 'written'
  | 'lead'
  | 'reason'
  | 'takeMe'
  | 'beTaken'
  | 'whole'
  | 'aside'
  | 'filler'
  | 'between';

/**
 * Phrases by their role, each as `plainText` makes it, apart by commas; `{told|asked} {you|u}` is each of the four. They
 * are looked for only to ask back.
 */
export type Stopping = Readonly<Partial<Record<StopRole, string>>>;

/**
 * The words with which people say when, lower case and without accents. Words of one meaning are apart by blanks; a
 * phrase has `_` for its blanks.
 */
export type WhenWords = {
  /** Monday first. */
  readonly days: readonly string[];
  readonly workdays: string;
  readonly weekend: string;
  readonly everyDay: string;
  readonly morning: string;
  readonly noon: string;
  readonly afternoon: string;
  readonly evening: string;
  readonly am: string;
  readonly pm: string;
  /** From one to twelve. */
  readonly hours: string;
  readonly half: string;
  readonly quarter: string;
  readonly threeQuarters: string;
  readonly at: string;
  readonly clock: string;
  readonly to: string;
  readonly except: string;
  readonly any: string;
  readonly filler: string;
};

/** All the words of one language that the dialog hears. Case, accents and punctuation do not count in `keywords`. */
export type LanguageWords = {
  readonly keywords: Readonly<Partial<Record<WordKind, readonly string[]>>>;
  /** Words that ask for a drill, by the drill's name. */
  readonly drills: Readonly<Record<string, readonly string[]>>;
  /** What may stand before and behind an opt-out word that is meant, as `plainText` makes it. */
  readonly courtesy: readonly string[];
  /** What says yes when we ask back, as `plainText` makes it. */
  readonly yes: readonly string[];
  readonly stopping: Stopping;
  readonly when: WhenWords;
  /**
   * Requests to stop as they stand in a text of a language that is written without spaces, alternatives as in `stopping`;
   * what stands beside `…` stands near each other, in this order.
   */
  readonly stoppingAnywhere?: readonly string[];
  /** What says the contrary of such a request: it is left out before one is looked for. */
  readonly neverStopping?: readonly string[];
  readonly isWrittenWithoutSpaces?: true;
  /** With which people begin who speak it, and its name: a text that is one, or begins with one, is in this language. */
  readonly greetings: readonly string[];
  /** Its keywords are printed on posters and asked for by carriers: who texts one may read any language. */
  readonly keywordsAreEverybodys?: true;
  /** Letters and marks that none of our other languages writes. */
  readonly letters?: RegExp;
  /** With which the numbers of countries begin where most people read it, `+` left out; areas of a shared code too. */
  readonly numbersBegin?: readonly string[];
};
