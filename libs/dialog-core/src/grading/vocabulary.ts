import type { SpokenCode } from '../languages/spoken';

/**
 * The small words that grading knows, as data: one line per language, without accents unless the accent matters.
 * A new language needs one entry in each table, which the compiler asks for, and its words in the lists.
 */
const list = (...lines: readonly string[]): ReadonlySet<string> =>
  new Set(
    lines
      .join(' ')
      .split(' ')
      .filter((word) => word !== ''),
  );

/** Words that say nothing about which option is meant: articles, pronouns, prepositions of duration, `and`. */
const fillersByLanguage: Readonly<Record<SpokenCode, string>> = {
  en: 'a an the i he she it they we you my your his her its our their for and',
  es: 'el la los las un una unos unas yo ella ellos mi mis tu tus su sus por durante y e',
  fr: "le la les l' un une des du de d' je j' il elle on mon ma mes ton ta tes son sa ses notre nos votre vos leur pendant durant et",
  km: '',
};
const fillers: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries(fillersByLanguage).map(([language, words]) => [language, list(words)]),
);
const allFillers = (): readonly string[] => Object.values(fillers).flatMap((words) => [...words]);
const anyFiller = list("a an the i he she it la el l'");
const noFiller: ReadonlySet<string> = new Set();

/** The fillers of a language; without a language, those that no content word of another language looks like. */
export const fillersOf = (language: string | undefined): ReadonlySet<string> =>
  language === undefined ? anyFiller : (fillers[language] ?? noFiller);

/** What people write before the mark of an option: `option b`, `la b`, `je pense que b`. */
export const markLeads = list(
  'the option letter number answer choice my is its it i think choose pick say',
  'la el letra opcion opción respuesta numero número inciso mi es creo que elijo escojo',
  "le lettre reponse réponse numéro choix ma est c' je j' pense choisis",
  'ជម្រើស អក្សរ ចម្លើយ លេខ គឺ ខ្ញុំ ជ្រើសរើស',
);

/** Courtesy and hedging: they may stand around an answer and change nothing. Without accents. */
const courtesy = list(
  'please pls plz thanks thank thx you ok okay hi hello hey sir maam well so um uh hmm lol definitely probably maybe guess believe',
  'would will go going with for sure final correct right best am be should must feel like that this im pretty quite',
  'por favor porfa gracias hola bueno pues vale diria diría parece opinion opinión seguro segura estoy yo correcta correcto final quizas quizás',
  'tal vez opino pienso supongo me seria sería verdad voy con',
  "s' il vous plait plaît te svp stp merci bonjour salut bon ben crois dirais dirai moi mon avis sur sûr suis bien bonne serait qu' que peut etre être finale",
  'សូម អរគុណ',
);
/** Words that say nothing of which option is meant, in any language. Without accents. */
export const harmless: ReadonlySet<string> = new Set([
  ...markLeads,
  ...courtesy,
  ...anyFiller,
  ...allFillers(),
]);

/** What begins an explanation: the mark before it is the answer. */
export const becauseWords = list('because cause cuz bc since as porque pues ya parce car puisque');

/** Words that deny what stands in a text with them. Without accents, and with apostrophes dropped. */
export const negators = list(
  'not no never neither nor without nobody none nothing nowhere rarely seldom hardly barely scarcely avoid refuse except unless',
  'wrong incorrect untrue instead rather nope nah',
  'cannot cant isnt arent wasnt werent dont doesnt didnt wont wouldnt shouldnt couldnt mustnt neednt havent hasnt hadnt aint shant mightnt',
  'nunca jamas jamás ni tampoco sin nadie nada ningun ninguno ninguna raramente excepto salvo incorrecto incorrecta evitar',
  "pas jamais ne n' non sans aucun aucune rien rarement guere guère sauf eviter éviter",
  'មិន មិនមែន ពុំ អត់ កុំ ទេ',
);

/** Denials of other languages that are slips or words of these. */
const deniesElsewhere: Readonly<Record<string, ReadonlySet<string>>> = {
  en: list('ne ni sin'),
  es: list('ne'),
};

/** Whether a word denies something, said by somebody who reads this language. */
export const denies = (language: string | undefined, word: string): boolean =>
  negators.has(word) && !(language !== undefined && deniesElsewhere[language]?.has(word));

/** What follows a "no" that denies nothing: `20 seconds, no less`. */
export const afterHarmlessNo = list(
  'less more doubt problem menos mas más moins plus duda doute problema probleme',
);

/** Words too small to tell an option by, or to be a slip of another: prepositions, auxiliaries, question words. */
const smallOfSpoken: Readonly<Record<SpokenCode, ReadonlySet<string>>> = {
  en: list(
    'in on at by to of off up out as or if so do did does has have had was were are be been all any can could may might must not no now new old',
    'from into onto over under before after with than then them this that these those what when where which who how why yes too very just only about',
  ),
  es: list(
    'en de del al con para por o u si lo le les se me te nos ser esta está son sobre bajo antes despues después muy solo sólo más mas que como cuando donde quien',
  ),
  fr: list(
    "de du des en au aux a à par pour dans sur sous avant apres après avec ou si se ce cet cette ces qui que quoi est sont etre être tres très plus s' d' l' n' m' t' qu'",
  ),
  km: noFiller,
};
const small: Readonly<Record<string, ReadonlySet<string>>> = smallOfSpoken;

/** The small words of a language; English where there is none. */
export const smallWordsOf = (language: string | undefined): ReadonlySet<string> =>
  small[language ?? 'en'] ?? noFiller;

/** Small words that may be left out or added: what is said does not hang on them. */
export const neutralWords = list('at in on of to by with en de del al con por a à au aux dans sur par du');

export const yesWords = list('yes yeah yep yup si sí oui ouais បាទ ចាស ចា៎');
export const noWords = list('no nope nah non ទេ អត់ទេ');
/** Harmless words that say neither yes nor no, and deny nothing. */
export const mereCourtesy: ReadonlySet<string> = new Set(
  [...harmless].filter((word) => !yesWords.has(word) && !noWords.has(word) && !negators.has(word)),
);
/** Yes words that mean nothing else: what follows them is an explanation. (`si` is also `if`.) */
export const plainYesWords = list('yes yeah yep sí oui ouais បាទ ចាស');

/** What may follow a yes or a no without a comma: `no it is not`, `no thanks`, `no es seguro`. */
export const afterYesOrNo = list(
  'it its that this they we i he she thanks thank please sir',
  'es esta está gracias señor senor señora senora',
  'merci monsieur madame',
);

/** What joins a yes and a no that are both meant: `yes and no`. */
export const connectors = list('and or y o e u et ou');

/** What stands between two answers of which neither is chosen: `a or b`. */
export const alternatives = list('or o u ou ឬ');

/** Words that take an answer back: `no idea`, `no, no sé`. */
export const unsureWords = list('idea clue idk maybe perhaps quizas quizás idee idée មិនដឹង');
/** Words that take an answer back where a denial stands before them: `no, not sure`. */
export const unsureWhenDenied = list('know sure se sé seguro segura sais sur sûr');

/** What says yes where nothing but yes or no was asked. */
export const consenting = list(
  'sure ok okay okey yes yeah yep yup yea ya absolutely definitely certainly correct right affirmative of course',
  'vale claro dale si sí por supuesto cierto correcto exacto simon que',
  "oui ouais d' accord daccord bien sur sûr certainement absolument exact ok",
  'បាទ ចាស ចា៎',
);

/** Questions back to us, and texts that say that nothing was understood. */
export const askingBack = list(
  'what why who how huh eh question dont understand i do not get it again repeat',
  'que qué como cómo no entiendo entendi perdon perdón cual cuál',
  'quoi comment pardon hein je ne comprends pas quel',
  'អ្វី',
);
