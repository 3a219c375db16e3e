import type { Language } from '@stopcovid/contracts';
import { en } from './copy/en';
import { es } from './copy/es';
import { fr } from './copy/fr';
import { km } from './copy/km';
import type { Copy } from './sentences';

/** A deployment's own sentences by language, checked by `parseCopyOverrides`. */
export type CopyOverrides = Readonly<Record<string, Partial<Copy>>>;

const copies: ReadonlyMap<string, Copy> = new Map(Object.entries({ en, es, fr, km }));

/** The languages that our own sentences are written in; any other language reads English. */
export const copyLanguages: readonly Language[] = [...copies.keys()] as Language[];

/** Whether there are sentences in a language: our own, or a deployment's. */
export const hasCopy = (language: string, overrides: CopyOverrides = {}): boolean =>
  copies.has(language) || Object.hasOwn(overrides, language);

/** The sentences of a language, with a deployment's own over them; `es-MX` reads `es`, an unknown one English. */
export const copyOf = (language: string, overrides: CopyOverrides = {}): Copy => {
  const base = language.slice(0, 2).toLowerCase();
  const own = Object.hasOwn(overrides, base) ? overrides[base] : undefined;
  const known = copies.get(base);
  return known || own ? { ...(known ?? en), ...own } : { ...en, ...overrides['en'] };
};

/** The words that our sentences invite a trainee to text, by meaning: the keyword table must know each. */
export const offeredWords = (copy: Copy): Readonly<Record<string, string>> => ({
  more: copy.moreWord,
  menu: copy.menuWord,
  support: copy.supportWord,
  info: copy.infoWord,
  help: copy.helpWord,
  stop: copy.stopWord,
  start: copy.startWord,
  resume: copy.resumeWord,
});
