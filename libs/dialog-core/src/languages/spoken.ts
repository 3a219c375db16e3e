import { en } from './en';
import { es } from './es';
import { fr } from './fr';
import { km } from './km';
import type { LanguageWords } from './language-words';

/** The languages whose words we hear, whatever language a trainee reads. */
export const spoken: Readonly<Record<string, LanguageWords>> = { en, es, fr, km };
