import type { LanguageWords } from './language-words';

const fini = '(?: (?:svp|s il vous plait|s il te plait|merci|maintenant))*$';

const envois = '(?:messages?|textos?|sms)';

const sentences = [
  `ne m (?:ecrivez|ecris|envoyez|envoie|contactez|contacte) plus(?: (?:de|vos|ces|rien) ?${envois}?)?${fini}`,
  `(?:arretez|arrete|cessez) de m (?:ecrire|envoyer|contacter)(?: (?:des|vos|ces) ${envois})?${fini}`,
  `(?:arretez|cessez) (?:vos|les|ces) ${envois}${fini}`,
  `je ne veux plus (?:recevoir )?(?:de |vos |ces )?${envois}${fini}`,
  `(?:desabonnez|desinscrivez|retirez|enlevez) moi(?: de (?:la|votre|cette) liste)?${fini}`,
];

/** French. */
export const fr: LanguageWords = {
  keywords: {
    optOut: ['arrêt', 'arrêter', 'arrêtez', 'désabonner', 'désinscrire', 'annuler'],
    optIn: ['commencer', 'reprendre', 'oui'],
    help: ['aide'],
    support: ['assistance'],
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
  yes: ['oui'],
  stopping: {
    words: ['arretez', 'arrete'],
    courtesy: ['svp', 's il vous plait', 's il te plait', 'merci', 'bonjour'],
    sentences: sentences,
  },
};
