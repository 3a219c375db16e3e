import { cleanText } from './clean-text';

describe('a text as a person reads it', () => {
  it('is the same whether each of its letters is folded or none has to be', () => {
    const letters = Array.from({ length: 0x1800 }, (_, code) => String.fromCharCode(code));
    const differing = letters.filter((letter) => {
      const [alone, folded] = [`é${letter}é`, `é${letter}é\u200b`].map(cleanText);
      return alone !== folded;
    });
    expect(differing).toEqual([]);
  });

  it.each([
    ['a full-width letter', 'Ｂ）', 'B)'],
    ['a circled letter', 'Ⓑ', 'B'],
    ['a white letter on a black disc', '🅑', 'B'],
    ['a squared letter', '🄱', 'B'],
    ['an emoji letter', '🅱️', 'B'],
    ['a regional letter', '🇧', 'B'],
    ['no flag', 'b 🇺🇸', 'b '],
    ['a mathematical letter', '𝗕 𝒷 𝔹', 'B b B'],
    ['a letter in brackets', '⒝', '(b)'],
    ['keycaps', '1️⃣0️⃣', '10'],
    ['the keycap ten', '🔟', '10'],
    ['circled digits', '② ❷ ➋ ⓶', '2 2 2 2'],
    ['the OK button', '🆗', 'OK'],
    ['a joiner inside a number', '2\u20600\u200d', '20'],
    ['directional marks', '\u202ab\u202c', 'b'],
    ['a soft hyphen', 'se\u00adconds', 'seconds'],
    ['a filler that looks like nothing', 'b\u3164', 'b'],
    ['blanks of other widths', 'for\u00a020\u202fseconds', 'for 20 seconds'],
    ['apostrophes', 'isn’t isn‘t isnʼt isn`t isn´t', "isn't isn't isn't isn't isn't"],
    ['quotation marks', '“b” «b» „b“', '"b" "b" "b"'],
    ['dashes and minus signs', '–5 −5 ‑5 —5', '-5 -5 -5 -5'],
    ['a fraction', '½', '1/2'],
    ['a number with a fraction', '2½', '2 1/2'],
    ['a degree that is a raised o', '165º', '165°'],
    ['one sign for degree and unit', '165℉', '165°F'],
  ])('has %s as plain characters', (_what, typed, clean) => expect(cleanText(typed)).toBe(clean));

  it.each([
    ['a signature', 'b\n\nSent from my iPhone', 'b\n'],
    ['a Spanish signature', 'b\nEnviado desde mi iPhone', 'b'],
    ['a French signature', 'b\nEnvoyé de mon iPhone', 'b'],
    ['what stands behind two dashes', 'b\n-- \nAna López\nKitchen', 'b'],
    ['a quoted message', 'b\n> How long?\n> a) or b)', 'b'],
    ['an answered message', 'b\nOn Monday, Ana wrote:\nHow long? a) or b)', 'b'],
    ['a Spanish answered message', 'b\nEl lunes, Ana escribió:\n¿a o b?', 'b'],
  ])('is without %s', (_what, typed, clean) => expect(cleanText(typed)).toBe(clean));

  it.each([
    ['accents and case', 'Él está AQUÍ', 'Él está AQUÍ'],
    ['emoji', '👍🏽 ok', '👍🏽 ok'],
    ['Khmer', 'ខុស', 'ខុស'],
    ['lines of its own', 'first\nsecond', 'first\nsecond'],
    ['a quotation that is all there is', '> b', '> b'],
    ['lone surrogates', 'b\ud800', 'b\ud800'],
  ])('keeps %s', (_what, typed, clean) => expect(cleanText(typed)).toBe(clean));

  it('is clean for good: cleaning again changes nothing', () => {
    for (const text of ['2½ “weeks”\n> old', 'Ⓑ', '165º'])
      expect(cleanText(cleanText(text))).toBe(cleanText(text));
  });
});
