/**
 * The words with which people say when, as data: one table per language, lower case and without accents. A language
 * without a table is read by the others.
 */

/** The days of the week by their English abbreviations, Monday first. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** What a word says about when. Times are minutes after midnight. */
export type Term =
  | { readonly is: 'day'; readonly days: readonly Weekday[] }
  /** A part of the day: the usual time of it, and which half of the day an hour beside it is in. */
  | { readonly is: 'part'; readonly at: number; readonly half: 'am' | 'pm' }
  | { readonly is: 'half'; readonly half: 'am' | 'pm' }
  | { readonly is: 'hour'; readonly hour: number }
  /** Added to the hour before it (`y media`) or behind it (`half past`). */
  | { readonly is: 'after'; readonly minutes: number }
  /** `at`, `a las`: what follows is an hour. */
  | { readonly is: 'at' }
  /** `h`: the number before it is an hour of twenty-four. */
  | { readonly is: 'clock' }
  | { readonly is: 'to' }
  | { readonly is: 'except' }
  | { readonly is: 'any' }
  /** Says nothing: articles, courtesy, `and`. */
  | { readonly is: 'filler' };

export type Lexicon = ReadonlyMap<string, Term>;

type Table = {
  /** Monday first; the spellings of a day apart by blanks. */
  readonly days: readonly string[];
  readonly workdays: string;
  readonly weekend: string;
  readonly everyDay: string;
  readonly morning: string;
  readonly noon: string;
  readonly afternoon: string;
  readonly evening: string;
  readonly am: string;
  readonly pm: string;
  /** From one to twelve. */
  readonly hours: string;
  readonly half: string;
  readonly quarter: string;
  readonly threeQuarters: string;
  readonly at: string;
  readonly clock: string;
  readonly to: string;
  readonly except: string;
  readonly any: string;
  readonly filler: string;
};

/* Words of one meaning are apart by blanks; a phrase has `_` for its blanks. */
const tables: Readonly<Record<string, Table>> = {
  en: {
    days: [
      'monday mondays mon',
      'tuesday tuesdays tue tues',
      'wednesday wednesdays wed weds',
      'thursday thursdays thu thur thurs',
      'friday fridays fri',
      'saturday saturdays sat',
      'sunday sundays sun',
    ],
    workdays: 'weekday weekdays workday workdays work_days week_days working_days',
    weekend: 'weekend weekends',
    everyDay: 'daily everyday every_day all_days each_day any_day all_week',
    morning: 'morning mornings',
    noon: 'noon midday lunch lunchtime lunch_time lunch_break',
    afternoon: 'afternoon afternoons after_lunch',
    evening: 'evening evenings night nights tonight after_work after_dinner',
    am: 'am a_m',
    pm: 'pm p_m',
    hours: 'one two three four five six seven eight nine ten eleven twelve',
    half: 'half_past thirty',
    quarter: 'quarter_past fifteen',
    threeQuarters: 'forty_five',
    at: 'at around about by @',
    clock: 'oclock o_clock hrs hours h',
    to: 'to through thru till until',
    except: 'except not but_not never no without',
    any: 'any_time anytime whenever no_preference dont_care dont_mind',
    filler:
      'in the on of and or a an please thanks thank you i prefer like would want to_have it id best for me works my is ok okay yes only just during early late every each d im free',
  },
  es: {
    days: [
      'lunes lun',
      'martes mar',
      'miercoles mie',
      'jueves jue',
      'viernes vie',
      'sabado sabados sab',
      'domingo domingos dom',
    ],
    workdays: 'entre_semana dias_laborables dias_habiles dias_de_semana',
    weekend: 'fin_de_semana fines_de_semana finde',
    everyDay: 'diario diariamente todos_los_dias cada_dia cualquier_dia toda_la_semana',
    morning: 'manana mananas temprano',
    noon: 'mediodia medio_dia almuerzo',
    afternoon: 'tarde tardes',
    evening: 'noche noches anochecer despues_del_trabajo',
    am: 'am a_m',
    pm: 'pm p_m',
    hours: 'una dos tres cuatro cinco seis siete ocho nueve diez once doce',
    half: 'y_media y_treinta',
    quarter: 'y_cuarto y_quince',
    threeQuarters: 'y_cuarenta_y_cinco',
    at: 'a_las a_la a_eso_de como_a_las sobre_las hacia_las alrededor_de',
    clock: 'hrs horas h en_punto',
    to: 'a al hasta',
    except: 'menos excepto salvo no nunca',
    any: 'cuando_sea cualquier_hora a_cualquier_hora me_da_igual no_importa',
    filler:
      'en el la los las por de del y o un una unos favor gracias prefiero quiero me gusta gustaria mejor para mi si solo cada que sea es esta bien los_dias dia dias',
  },
  fr: {
    days: [
      'lundi lundis lun',
      'mardi mardis mar',
      'mercredi mercredis mer',
      'jeudi jeudis jeu',
      'vendredi vendredis ven',
      'samedi samedis sam',
      'dimanche dimanches dim',
    ],
    workdays: 'en_semaine la_semaine jours_ouvrables jours_de_semaine',
    weekend: 'week_end week_ends weekend weekends fin_de_semaine',
    everyDay: 'tous_les_jours chaque_jour quotidien quotidiennement toute_la_semaine',
    morning: 'matin matins matinee tot',
    noon: 'midi dejeuner',
    afternoon: 'apres_midi apresmidi',
    evening: 'soir soirs soiree apres_le_travail',
    am: 'am',
    pm: 'pm',
    hours: 'une deux trois quatre cinq six sept huit neuf dix onze douze',
    half: 'et_demie et_demi trente',
    quarter: 'et_quart quinze',
    threeQuarters: 'quarante_cinq',
    at: 'a vers aux_environs_de autour_de',
    clock: 'h heure heures',
    to: 'a au jusqu_a jusqu_au',
    except: 'sauf hormis pas jamais',
    any: 'n_importe_quand peu_importe a_toute_heure',
    filler:
      'le la les l du de des et ou un une en s_il vous te plait merci je prefere voudrais veux aime mieux pour moi oui seulement chaque c est bien jours jour d',
  },
  km: {
    days: [
      'ថ្ងៃចន្ទ ចន្ទ',
      'ថ្ងៃអង្គារ អង្គារ',
      'ថ្ងៃពុធ ពុធ',
      'ថ្ងៃព្រហស្បតិ៍ ព្រហស្បតិ៍',
      'ថ្ងៃសុក្រ សុក្រ',
      'ថ្ងៃសៅរ៍ សៅរ៍',
      'ថ្ងៃអាទិត្យ អាទិត្យ',
    ],
    workdays: 'ថ្ងៃធ្វើការ',
    weekend: 'ចុងសប្តាហ៍',
    everyDay: 'រាល់ថ្ងៃ រៀងរាល់ថ្ងៃ',
    morning: 'ព្រឹក ពេលព្រឹក',
    noon: 'ថ្ងៃត្រង់ ពេលថ្ងៃត្រង់',
    afternoon: 'រសៀល ពេលរសៀល',
    evening: 'ល្ងាច ពេលល្ងាច យប់ ពេលយប់',
    am: 'am',
    pm: 'pm',
    hours: 'មួយ ពីរ បី បួន ប្រាំ ប្រាំមួយ ប្រាំពីរ ប្រាំបី ប្រាំបួន ដប់ ដប់មួយ ដប់ពីរ',
    half: 'កន្លះ',
    quarter: 'និងដប់ប្រាំ',
    threeQuarters: 'និងសែសិបប្រាំ',
    at: 'ម៉ោង នៅម៉ោង',
    clock: 'ម៉ោងគត់',
    to: 'ដល់',
    except: 'លើកលែង',
    any: 'ពេលណាក៏បាន',
    filler: 'នៅ និង ឬ សូម អរគុណ ខ្ញុំ ចូលចិត្ត',
  },
};

const minutes = (hour: number): number => hour * 60;

const terms = (table: Table): readonly (readonly [string, Term])[] => {
  const all = (words: string, term: Term) =>
    words.split(' ').map((word) => [word.replaceAll('_', ' '), term] as const);
  return [
    ...all(table.filler, { is: 'filler' }),
    ...all(table.at, { is: 'at' }),
    ...all(table.to, { is: 'to' }),
    ...all(table.hours, { is: 'filler' }).map(
      ([word], index) => [word, { is: 'hour', hour: index + 1 }] as const,
    ),
    ...table.days.flatMap((words, index) =>
      all(words, { is: 'day', days: weekdays.slice(index, index + 1) }),
    ),
    ...all(table.workdays, { is: 'day', days: weekdays.slice(0, 5) }),
    ...all(table.weekend, { is: 'day', days: weekdays.slice(5) }),
    ...all(table.everyDay, { is: 'day', days: weekdays }),
    ...all(table.morning, { is: 'part', at: minutes(9), half: 'am' }),
    ...all(table.noon, { is: 'part', at: minutes(12), half: 'pm' }),
    ...all(table.afternoon, { is: 'part', at: minutes(15), half: 'pm' }),
    ...all(table.evening, { is: 'part', at: minutes(19), half: 'pm' }),
    ...all(table.am, { is: 'half', half: 'am' }),
    ...all(table.pm, { is: 'half', half: 'pm' }),
    ...all(table.half, { is: 'after', minutes: 30 }),
    ...all(table.quarter, { is: 'after', minutes: 15 }),
    ...all(table.threeQuarters, { is: 'after', minutes: 45 }),
    ...all(table.clock, { is: 'clock' }),
    ...all(table.except, { is: 'except' }),
    ...all(table.any, { is: 'any' }),
  ];
};

const lexicons = new Map<string, Lexicon>();

/** The words of a language, and of the others where its own say nothing of them: people answer in either. */
export const lexiconOf = (language: string): Lexicon => {
  const known = lexicons.get(language);
  if (known !== undefined) return known;
  const others = Object.keys(tables).filter((each) => each !== language);
  const made = new Map(
    [...others.reverse(), language].flatMap((each) => {
      const table = tables[each];
      return table === undefined ? [] : terms(table);
    }),
  );
  lexicons.set(language, made);
  return made;
};

/** The most words that a phrase has. */
export const longestPhrase = 4;
