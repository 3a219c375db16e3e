import { en } from './en';
import { es } from './es';
import { fr } from './fr';
import { km } from './km';
import type { LanguageWords } from './language-words';

const languages = { en, es, fr, km };

/** The code of a language whose words we hear; a table by it cannot leave one out. */
export type SpokenCode = keyof typeof languages;

/** The languages whose words we hear, whatever language a trainee reads. */
export const spoken: Readonly<Record<SpokenCode, LanguageWords>> = languages;

const withoutSpaces = Object.values(spoken).filter(
  ({ isWrittenWithoutSpaces }) => isWrittenWithoutSpaces === true,
);

/** Whether a text has letters of a language that leaves no spaces between its words. */
export const hasUnspacedLetters = (text: string): boolean =>
  withoutSpaces.some(({ letters }) => letters?.test(text) === true);
