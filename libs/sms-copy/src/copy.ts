import type { Language } from '@stopcovid/contracts';
import { en } from './copy/en';
import { es } from './copy/es';
import { fr } from './copy/fr';
import { km } from './copy/km';
import { inLanguage, type OwnSentences } from './own-copy';
import type { Copy } from './sentences';

const copies: ReadonlyMap<string, Copy> = new Map(Object.entries({ en, es, fr, km }));

/** The languages that our own sentences are written in; any other language reads English. */
export const copyLanguages: readonly Language[] = [...copies.keys()] as Language[];

type Layers = readonly OwnSentences[];

/** Whether there are sentences in a language: ours, or those of a layer. */
export const hasCopy = (language: string, layers: Layers = []): boolean =>
  copies.has(language) || layers.some((layer) => Object.keys(inLanguage(layer, language)).length > 0);

const layered = (language: string, layers: Layers): Copy =>
  Object.assign({ ...(copies.get(language) ?? en) }, ...layers.map((layer) => inLanguage(layer, language)));

/** The language in which somebody reads us: `es-MX` reads `es`, one in which there are no sentences English. */
export const languageRead = (language: string, layers: Layers = []): string => {
  const base = language.slice(0, 2).toLowerCase();
  return hasCopy(base, layers) ? base : 'en';
};

/** The sentences that are read in a language, with those of the layers over them, a later one over an earlier. */
export const copyOf = (language: string, layers: Layers = []): Copy =>
  layered(languageRead(language, layers), layers);

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
