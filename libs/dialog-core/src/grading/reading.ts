import { contentWords, numbersOf } from './compile';
import { withoutAccents, type Words } from './words';

/** A text and its words, joined by single spaces. */
export type Typed = Words & { readonly typed: string };

/** A text in the forms that it is compared in, made once. All but `typed` are without accents. */
export type Reading = Typed & {
  readonly full: string;
  /** Without filler words. */
  readonly content: string;
  readonly numbers: string;
};

/** Prepares a text for comparison in one language. */
export const readingOf = ({ words, gaps, typed }: Typed, language: string | undefined): Reading => {
  const content = contentWords(words, language);
  const full = withoutAccents(typed);
  return {
    words,
    gaps,
    typed,
    full,
    content: content === words ? full : withoutAccents(content.join(' ')),
    numbers: numbersOf(words),
  };
};
