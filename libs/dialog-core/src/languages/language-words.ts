import type { WordKind } from '../meanings';

/** Ways to ask us to stop that are no keywords, as patterns over plain text. They are looked for only to ask back. */
type Stopping = {
  /** Words of stopping; with nothing but courtesy around them, what is to stop need not be said. */
  readonly words: readonly string[];
  readonly courtesy: readonly string[];
  /**
   * Sentences, each with a pattern that wants us, or our texts, to be what is to stop: one that is missed costs less than
   * one that is misheard. Repeated words must be readable in one way only: of two ways, n repeats make 2^n.
   */
  readonly sentences: readonly string[];
};

/** All the words of one language that the dialog hears. Case, accents and punctuation do not count in `keywords`. */
export type LanguageWords = {
  readonly keywords: Readonly<Partial<Record<WordKind, readonly string[]>>>;
  /** Words that ask for a drill, by the drill's name. */
  readonly drills: Readonly<Record<string, readonly string[]>>;
  /** What says yes when we ask back, as `plainText` makes it. */
  readonly yes: readonly string[];
  readonly stopping: Stopping;
  readonly isWrittenWithoutSpaces?: true;
};
