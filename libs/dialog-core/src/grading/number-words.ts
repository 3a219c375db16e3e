import type { SpokenCode } from '../languages/spoken';

/** Numbers in words of one language: what each is worth, and what multiplies the number before it. No accents. */
export type NumberWords = {
  readonly small: ReadonlyMap<string, number>;
  readonly scales: ReadonlyMap<string, number>;
  /** Words for one that are articles as well: numbers only before a unit. */
  readonly articles: ReadonlySet<string>;
  readonly and: string;
  readonly half: ReadonlySet<string>;
};

const counted = (
  ...rows: readonly (readonly [first: number, step: number, words: string])[]
): ReadonlyMap<string, number> =>
  new Map(
    rows.flatMap(([first, step, words]) =>
      words.split(' ').map((word, at): [string, number] => [word, first + at * step]),
    ),
  );
const scales = (entries: Readonly<Record<string, number>>): ReadonlyMap<string, number> =>
  new Map(Object.entries({ k: 1_000, ...entries }));

const en: NumberWords = {
  small: counted(
    [
      0,
      1,
      'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
    ],
    [20, 10, 'twenty thirty forty fifty sixty seventy eighty ninety'],
    [40, 1, 'fourty'],
  ),
  scales: scales({ hundred: 100, thousand: 1_000, million: 1_000_000, dozen: 12, dozens: 12 }),
  articles: new Set(['one']),
  and: 'and',
  half: new Set(['half']),
};
const es: NumberWords = {
  small: counted(
    [
      0,
      1,
      'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve treinta',
    ],
    [40, 10, 'cuarenta cincuenta sesenta setenta ochenta noventa cien'],
    [1, 0, 'un una'],
    [100, 100, 'ciento doscientos trescientos cuatrocientos quinientos'],
  ),
  scales: scales({ mil: 1_000, millon: 1_000_000, millones: 1_000_000, docena: 12, docenas: 12 }),
  articles: new Set(['un', 'una', 'uno']),
  and: 'y',
  half: new Set(['medio', 'media']),
};
const fr: NumberWords = {
  small: counted(
    [0, 1, 'zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize'],
    [20, 10, 'vingt trente quarante cinquante soixante'],
    [1, 0, 'une'],
    [20, 0, 'vingts'],
  ),
  scales: scales({
    cent: 100,
    cents: 100,
    mille: 1_000,
    million: 1_000_000,
    millions: 1_000_000,
    douzaine: 12,
  }),
  articles: new Set(['un', 'une']),
  and: 'et',
  half: new Set(['demi', 'demie']),
};
/* Khmer has no words of its own here: digits are read, and English words. */
const ofSpoken: Readonly<Record<SpokenCode, NumberWords>> = { en, es, fr, km: en };
const byLanguage: Readonly<Record<string, NumberWords>> = ofSpoken;

/** The numbers of a language; English where nothing is known. */
export const numberWordsOf = (language: string | undefined): NumberWords =>
  byLanguage[language ?? 'en'] ?? en;

/** The words for numbers of all languages. */
export const numberWords: ReadonlySet<string> = new Set(
  Object.values(ofSpoken).flatMap(({ small }) => [...small.keys()]),
);

const unitLines: Readonly<Record<string, string>> = {
  second: 's sec secs second seconds segundo segundos seg segs seconde secondes',
  minute: 'min mins minute minutes minuto minutos',
  hour: 'h hr hrs hour hours hora horas heure heures',
  day: 'day days dia dias jour jours',
  week: 'wk wks week weeks semana semanas semaine semaines',
  month: 'month months mes meses mois',
  year: 'yr yrs year years ano anos an ans annee annees',
  time: 'time times vez veces fois',
  degree: 'deg degree degrees grado grados degre degres',
  fahrenheit: 'f fahrenheit',
  celsius: 'c celsius centigrade centigrados',
  percent: 'percent porciento pct',
  foot: 'ft foot feet pie pies pied pieds',
  meter: 'meter meters metre metres metro metros',
  pound: 'lb lbs pound pounds libra libras livre livres',
  kilogram: 'kg kgs kilo kilos',
  milliliter: 'ml milliliter milliliters mililitros millilitres',
  dollar: 'dollar dollars dolar dolares',
};

/** The one name of each unit, by its spellings in all languages. They are units right behind a number only. */
export const units: ReadonlyMap<string, string> = new Map(
  Object.entries(unitLines).flatMap(([unit, line]) =>
    line.split(' ').map((word): [string, string] => [word, unit]),
  ),
);

/** What stands before an amount and makes it another one. Longest first. */
export const comparisons: readonly (readonly [words: readonly string[], sign: '<' | '>' | '-'])[] = (
  [
    ['no more than', '<'],
    ['not more than', '<'],
    ['no less than', '>'],
    ['not less than', '>'],
    ['no mas de', '<'],
    ['no menos de', '>'],
    ['pas plus de', '<'],
    ['pas moins de', '>'],
    ['por lo menos', '>'],
    ['less than', '<'],
    ['fewer than', '<'],
    ['lower than', '<'],
    ['shorter than', '<'],
    ['more than', '>'],
    ['greater than', '>'],
    ['longer than', '>'],
    ['higher than', '>'],
    ['at least', '>'],
    ['at most', '<'],
    ['up to', '<'],
    ['mas de', '>'],
    ['mas que', '>'],
    ['menos de', '<'],
    ['menos que', '<'],
    ['al menos', '>'],
    ['como minimo', '>'],
    ['como maximo', '<'],
    ['moins de', '<'],
    ['moins que', '<'],
    ['plus de', '>'],
    ['plus que', '>'],
    ['au moins', '>'],
    ['au plus', '<'],
    ['<', '<'],
    ['>', '>'],
    ['≤', '<'],
    ['≥', '>'],
    ['over', '>'],
    ['above', '>'],
    ['exceeding', '>'],
    ['under', '<'],
    ['below', '<'],
    ['almost', '<'],
    ['nearly', '<'],
    ['hasta', '<'],
    ['casi', '<'],
    ['presque', '<'],
    ['minus', '-'],
    ['negative', '-'],
    ['menos', '-'],
    ['moins', '-'],
  ] as const
).map(([words, sign]) => [words.split(' '), sign]);

/** What stands behind an amount, with its unit or not, and makes it another one. */
export const afterwards: readonly (readonly [words: readonly string[], sign: '<' | '>' | '-'])[] = (
  [
    ['or more', '>'],
    ['or longer', '>'],
    ['or less', '<'],
    ['or fewer', '<'],
    ['o mas', '>'],
    ['o menos', '<'],
    ['ou plus', '>'],
    ['ou moins', '<'],
    ['below zero', '-'],
    ['bajo cero', '-'],
    ['sous zero', '-'],
    ['at least', '>'],
    ['at most', '<'],
    ['minimum', '>'],
    ['maximum', '<'],
    ['como minimo', '>'],
    ['au moins', '>'],
  ] as const
).map(([words, sign]) => [words.split(' '), sign]);
