import type { Language } from '@stopcovid/contracts';
import { plainText } from '../plain-text';
import type { SpokenCode } from './spoken';

/** Languages by ISO 639-1 code, with the names people give them. The codes here are the brand's only source in the core. */
const names = {
  en: ['english', 'ingles', 'anglais', 'អង់គ្លេស', 'ភាសាអង់គ្លេស'],
  es: ['spanish', 'espanol', 'espagnol', 'castellano', 'castilian', 'អេស្ប៉ាញ', 'ភាសាអេស្ប៉ាញ'],
  fr: ['french', 'francais', 'frances', 'បារាំង', 'ភាសាបារាំង'],
  km: ['khmer', 'cambodian', 'camboyano', 'jemer', 'cambodgien', 'ខ្មែរ', 'ភាសាខ្មែរ'],
  pt: ['portuguese', 'portugues', 'portugais'],
  zh: ['chinese', 'chino', 'chinois', 'mandarin', '中文', '汉语', '漢語'],
  vi: ['vietnamese', 'vietnamita', 'vietnamien', 'tieng viet'],
  tl: ['tagalog', 'filipino', 'pilipino'],
  ht: ['haitian', 'creole', 'kreyol', 'kreyol ayisyen'],
  ar: ['arabic', 'arabe', 'العربية'],
  ru: ['russian', 'ruso', 'russe', 'русский'],
  ko: ['korean', 'coreano', 'coreen', '한국어'],
  so: ['somali', 'soomaali'],
} as const satisfies Readonly<Record<SpokenCode, readonly string[]>> &
  Readonly<Record<string, readonly string[]>>;

const asLanguage = (code: string): Language => code as Language;

/** What we speak to people of whom we know nothing. */
export const english: Language = asLanguage('en');

const codes: ReadonlySet<string> = new Set(Object.keys(names));
const byName: ReadonlyMap<string, Language> = new Map(
  Object.entries(names).flatMap(([code, all]) =>
    all.map((name) => [plainText(name), asLanguage(code)] as const),
  ),
);

/** Shorter beginnings say too little: "en" is a word in four languages. */
const shortestBeginning = 3;

const onlyOne = (found: readonly Language[]): Language | undefined =>
  new Set(found).size === 1 ? found[0] : undefined;

const byBeginning = (word: string): Language | undefined =>
  word.length < shortestBeginning
    ? undefined
    : onlyOne([...byName].filter(([name]) => name.startsWith(word)).map(([, language]) => language));

/** The language that a text names: by code, by name in any of our languages, or by a name's first three letters. */
export const languageOf = (text: string): Language | undefined => {
  const plain = plainText(text);
  if (codes.has(plain)) return asLanguage(plain);
  const named = byName.get(plain);
  if (named !== undefined) return named;
  const words = plain.split(' ');
  return words.length === 1 ? byBeginning(plain) : onlyOne(words.flatMap((word) => byName.get(word) ?? []));
};
