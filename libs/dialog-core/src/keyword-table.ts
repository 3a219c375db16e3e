import type { KeywordTable } from './keywords';

/**
 * The words that the dialog knows, by language and meaning. Letters' case, accents and punctuation do not count, so
 * each word is written once. A word has one meaning over all languages; only opt-in words may mean `start` as well.
 *
 * English opt-out words are the carrier's default list: had the engine fewer, it would keep sending into its refusals.
 */
export const defaultKeywords: KeywordTable = {
  words: {
    en: {
      optOut: [
        'stop',
        'stopall',
        'stop all',
        'unsubscribe',
        'end',
        'quit',
        'cancel',
        'revoke',
        'optout',
        'opt out',
        'remove',
        'please stop',
        'stop please',
      ],
      optIn: ['start', 'yes', 'unstop', 'go', 'resume', 'optin', 'opt in', 'subscribe'],
      help: ['help'],
      menu: ['menu'],
      support: ['support'],
      info: ['info', 'information', 'dashboard'],
      demo: ['demo'],
      start: ['go', 'next', 'start', 'begin'],
      next: ['more'],
      thanks: ['thank', 'thanks', 'thankyou', 'thx'],
    },
    es: {
      optOut: ['alto', 'baja', 'cancelar', 'parar', 'detener', 'salir', 'no mas mensajes'],
      optIn: ['comenzar', 'iniciar', 'empezar', 'reanudar', 'sí', 'vamos', 'alta'],
      menu: ['menú'],
      support: ['ayuda', 'soporte'],
      info: ['tablero', 'información'],
      start: ['vamos', 'comienzo', 'siguiente', 'comenzar', 'iniciar', 'empezar'],
      next: ['más'],
      thanks: ['gracias'],
    },
    fr: {
      optOut: ['arrêt', 'arrêter', 'arrêtez', 'désabonner', 'désinscrire', 'annuler'],
      optIn: ['commencer', 'reprendre', 'oui'],
      help: ['aide'],
      support: ['assistance'],
      start: ['aller', 'allons y', 'début', 'suivant', 'commencer'],
      next: ['plus', 'encore'],
      thanks: ['merci'],
    },
    km: {
      optOut: ['ឈប់', 'បញ្ឈប់'],
      optIn: ['ចាប់ផ្តើម', 'ចាប់ផ្ដើម', 'បាទ', 'ចាស'],
      help: ['ជំនួយ'],
      menu: ['ម៉ឺនុយ'],
      support: ['គាំទ្រ'],
      info: ['ព័ត៌មាន'],
      start: ['ចាប់ផ្តើម', 'ចាប់ផ្ដើម', 'បន្ទាប់'],
      next: ['បន្ថែម', 'ទៀត'],
      thanks: ['សូមអរគុណ', 'អរគុណ'],
    },
  },
  drills: [
    { drill: 'english-lesson', words: ['english', 'esl', 'inglés', 'anglais'] },
    { drill: 'change-schedule', words: ['schedule', 'calendario', 'horario', 'horaire', 'កាលវិភាគ'] },
    { drill: 'change-name', words: ['name', 'nombre', 'nom', 'ឈ្មោះ'] },
    { drill: 'change-language', words: ['lang', 'language', 'idioma', 'langue', 'ភាសា'] },
  ],
};
