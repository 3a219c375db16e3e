import type { LanguageWords } from './language-words';

const finis = '(?: (?:por favor|ya|gracias|nunca|jamas|mas))*$';

const mensajes = '(?:mas )?(?:mensajes?|textos?|sms)(?: de texto)?';

const sentences = [
  `no (?:me|nos) (?:escriban?|escribas|molesten?|molestes|contacten?|contactes|texteen?)${finis}`,
  `no (?:me|nos) (?:manden?|mandes|envien?|envies) (?:mas|nada|nada mas|(?:mas |sus |estos )?(?:mensajes?|textos?|sms))${finis}`,
  `(?:dejen?|deja|deje|dejame|paren?|para) de (?:escribir|mandar|enviar|molestar|contactar)(?:me|nos)?(?: (?:sus |estos |tantos )?${mensajes})?${finis}`,
  `no (?:quiero|deseo)(?: recibir)? (?:sus |estos |tus )?${mensajes}${finis}`,
  `(?<!(?:^| )no )(?:quiero|deseo|quisiera) (?:dejar|parar) de recibir(?:los)?(?: (?:sus |estos |tus )?${mensajes})?${finis}`,
  `(?:(?:quiero|deseo|quisiera) darme|denme|deme|dame) de baja${finis}`,
  `no (?:quiero|deseo) que me (?:escriban|manden|envien)(?: ${mensajes})?${finis}`,
  `(?:quitenme|quiteme|saquenme|saqueme|borrenme|borreme) de (?:la|su|esta) lista${finis}`,
  `(?:dejenme|dejeme|dejame) en paz${finis}`,
];

/** Spanish. */
export const es: LanguageWords = {
  keywords: {
    optOut: ['alto', 'baja', 'cancelar', 'parar', 'detener', 'salir', 'no mas mensajes'],
    optIn: ['comenzar', 'iniciar', 'empezar', 'reanudar', 'sí', 'vamos', 'alta'],
    menu: ['menú'],
    support: ['ayuda', 'soporte'],
    info: ['tablero', 'información'],
    start: ['vamos', 'comienzo', 'siguiente', 'comenzar', 'iniciar', 'empezar'],
    next: ['más'],
    thanks: ['gracias'],
  },
  drills: {
    'english-lesson': ['inglés'],
    'change-schedule': ['calendario', 'horario'],
    'change-name': ['nombre'],
    'change-language': ['idioma'],
  },
  yes: ['si'],
  stopping: {
    words: ['alto', 'basta', 'paren', 'pare'],
    courtesy: ['por favor', 'porfa', 'ya', 'gracias', 'hola', 'numero equivocado'],
    sentences: sentences,
  },
};
