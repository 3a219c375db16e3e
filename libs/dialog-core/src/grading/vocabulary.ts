/**
 * The small words that grading knows, as data: one line per language, without accents unless the accent matters.
 * A new language needs one entry in each table; a language without one is graded by its options' words alone.
 */
const list = (...lines: readonly string[]): ReadonlySet<string> => new Set(lines.join(' ').split(' '));

/** Words that say nothing about which option is meant: articles, pronouns, prepositions of duration, `and`. */
const fillersByLanguage: Readonly<Record<string, string>> = {
  en: 'a an the i he she it they we you my your his her its our their for and',
  es: 'el la los las un una unos unas yo ella ellos mi mis tu tus su sus por durante y e',
  fr: "le la les l' un une des du de d' je j' il elle on mon ma mes ton ta tes son sa ses notre nos votre vos leur pendant durant et",
};
const fillers: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries(fillersByLanguage).map(([language, words]) => [language, list(words)]),
);
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

/** Words that deny what they stand next to. */
export const negators = list(
  'not no never neither nor without cannot cant isnt arent wasnt werent dont doesnt didnt wont shouldnt mustnt nope aint non',
  'nunca jamas jamás ni tampoco sin',
  "pas jamais ne n' sans aucun aucune",
  'មិន មិនមែន ពុំ អត់ កុំ ទេ',
);

/** What joins a denial to the word before it: `true is not`, `falso no es`. */
export const copulas = list('is was are es esta está son est sont');

/** Beginnings that turn a word into its opposite. */
export const negatingPrefixes = ['un', 'in', 'im', 'ir', 'il', 'dis', 'non', 'no', 'des', 'mis'] as const;

export const yesWords = list('yes yeah yep yup si sí oui ouais បាទ ចាស ចា៎');
export const noWords = list('no nope nah non ទេ អត់ទេ');
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

/** Words that take an answer back: `no idea`, `no, no sé`. */
export const unsureWords = list(
  'idea know sure clue idk maybe perhaps',
  'sé seguro segura quizas quizás',
  'sais idée sûr sûre',
  'មិនដឹង',
);
