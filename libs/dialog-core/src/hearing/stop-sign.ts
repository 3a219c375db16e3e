const stopSign = /\u{1f6d1}/gu;
/** The sign is beyond the 16 bits of a unit: most texts have none of its first half. */
const halfOfSign = '\ud83d';

/** The text with the word for each sign that says it. */
export const signsAsWords = (text: string): string =>
  text.includes(halfOfSign) ? text.replace(stopSign, ' stop ') : text;

const lettersApart = /^\p{L}(?: \p{L}){2,}$/u;

/** `s t o p`: a word whose letters stand apart, as one. Other plain texts as they are. */
export const lettersTogether = (plain: string): string =>
  plain.charAt(1) === ' ' && lettersApart.test(plain) ? plain.replaceAll(' ', '') : plain;
