export const isAscii = (text: string): boolean => {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
};

const accents = /[\u0300-\u036f]/g;

/** Filled in as characters are met. */
const plainByCode: string[] = [];

const plainChar = (code: number): string =>
  (plainByCode[code] ??= String.fromCharCode(code).normalize('NFD').replace(accents, '').normalize('NFC'));

/** Composed words without Latin, Greek and Cyrillic accents. The marks of other scripts are letters to their readers. */
export const withoutAccents = (text: string): string => {
  if (isAscii(text)) return text;
  let plain = '';
  for (let at = 0; at < text.length; at++) plain += plainChar(text.charCodeAt(at));
  return plain;
};
