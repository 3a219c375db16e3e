import { languageOf } from './names';

describe('the language that a text names', () => {
  it.each([
    ['es', 'es'],
    ['ES', 'es'],
    ['Spanish', 'es'],
    ['español', 'es'],
    ['Español', 'es'],
    ['espan\u0303ol', 'es'],
    ['ESP', 'es'],
    ['Esp.', 'es'],
    ['Spanish please', 'es'],
    ['en español', 'es'],
    ['English', 'en'],
    ['inglés', 'en'],
    ['Français', 'fr'],
    ['francés', 'fr'],
    ['ខ្មែរ', 'km'],
    ['ភាសាខ្មែរ', 'km'],
    ['khmer', 'km'],
    ['km', 'km'],
  ])('reads %s as %s', (text, language) => expect(languageOf(text)).toBe(language));

  it.each(['', '?', 'Klingon', 'x', 'sp', 'English or Spanish', 'a', '12'])('names none in "%s"', (text) =>
    expect(languageOf(text)).toBeUndefined(),
  );
});
