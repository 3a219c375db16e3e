import type { Random } from '@stopcovid/carrier-emulator';

type Said = Readonly<Record<string, readonly string[]>>;

/* What nobody thought of who wrote the drills; some of it is as good as the key. The first of each is said most. */
const said: Readonly<Record<string, Said>> = {
  '01-clean-hands/how-long': {
    en: ['happy birthday twice', 'half a minute', 'until they squeak'],
    es: ['feliz cumpleaños dos veces', 'medio minuto'],
  },
  '01-clean-hands/sanitizer': {
    en: ['wash first', 'only after dish soap', 'if there is enough of it'],
    es: ['lavarlas primero', 'con un trapo antes'],
  },
  '02-feeling-sick/who-to-tell': {
    en: ['the chef on duty', 'whoever opens', 'HR', 'the group chat'],
    es: ['el encargado del turno', 'recursos humanos', 'mis compañeros'],
  },
  'english-lesson/gloves': {
    es: ['guantes', 'hands', 'los guantes de látex'],
  },
  '02-feeling-sick/cough': {
    en: ['inside my sleeve', 'away from the food'],
    es: ['dentro de la manga', 'lejos de la comida'],
  },
};

/** What somebody says to a question in words of their own, where people do so. */
export const ownWordsTo = (
  { drill, prompt, language }: { readonly drill: string; readonly prompt: string; readonly language: string },
  random: Random,
): string | undefined => {
  const words = said[`${drill}/${prompt}`]?.[language];
  return words?.[Math.floor(random() ** 2 * words.length)];
};
