import { isWhatsApp, type Address } from './message';

/** The words by which a carrier itself keeps consent, when that is switched on. */
export type ConsentWord = 'STOP' | 'START' | 'HELP';

const words: ReadonlyMap<string, ConsentWord> = new Map([
  ...['STOP', 'UNSUBSCRIBE', 'END', 'QUIT', 'STOPALL', 'REVOKE', 'OPTOUT', 'CANCEL'].map(
    (word) => [word, 'STOP'] as const,
  ),
  ...['START', 'YES', 'UNSTOP'].map((word) => [word, 'START'] as const),
  ...['HELP', 'INFO'].map((word) => [word, 'HELP'] as const),
]);

/** A carrier looks at single words of texts only: "please stop", and all of WhatsApp, are left to the service. */
export const consentWordIn = (phone: Address, text: string): ConsentWord | undefined =>
  isWhatsApp(phone) ? undefined : words.get(text.trim().toUpperCase());

/** What the carrier answers in the service's place. */
export const carrierAnswers: Readonly<Record<ConsentWord, string>> = {
  STOP: 'You will get no more texts from this number. Text START to get them again. (from the carrier)',
  START: 'You will get texts from this number again. Text STOP to end them. (from the carrier)',
  HELP: 'Text STOP to get no more texts from this number. Rates may apply. (from the carrier)',
};
