import { frStopping } from './fr-stopping';
import type { LanguageWords } from './language-words';

/** French. */
export const fr: LanguageWords = {
  keywords: {
    optOut: ['arrêt', 'arrêter', 'arrêtez', 'arrête', 'désabonner', 'désinscrire', 'annuler'],
    optIn: ['commencer', 'reprendre', 'oui'],
    help: ['aide'],
    support: ['assistance'],
    pause: ['pause', 'suspendre'],
    resume: ['reprendre'],
    start: ['aller', 'allons y', 'début', 'suivant', 'commencer'],
    next: ['plus', 'encore'],
    thanks: ['merci'],
  },
  drills: {
    'english-lesson': ['anglais'],
    'change-schedule': ['horaire'],
    'change-name': ['nom'],
    'change-language': ['langue'],
  },
  courtesy: ['s il vous plait', 's il te plait', 'svp', 'stp', 'merci', 'merci beaucoup'],
  yes: ['oui'],
  greetings: ['bonjour', 'bonsoir', 'salut', 'coucou', 'français', 'en français', 's il vous plaît', 'svp'],
  letters: /[çœàèêîôùû]/iu,
  numbersBegin: [
    ...['33', '377', '262', '508', '590', '594', '596', '687', '689'],
    ...['221', '223', '224', '225', '226', '227', '228', '229', '235', '236', '241', '242', '243'],
  ],
  stopping: frStopping,
  when: {
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
};
