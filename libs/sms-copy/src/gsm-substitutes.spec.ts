import fc from 'fast-check';
import { inGsm7 } from './gsm-substitutes';
import { segmentsOf } from './segments';

describe('a text in GSM-7 where nothing is lost by it', () => {
  it.each([
    ['smart quotes', '“It’s ‘done’”', "\"It's 'done'\""],
    ['angled quotes', '«Bien»', '"Bien"'],
    ['dashes', 'a – b — c − d', 'a - b - c - d'],
    ['an ellipsis', 'Well…', 'Well...'],
    ['blanks that do not break', 'Bien\u00a0! 5\u202f€', 'Bien ! 5 €'],
    ['what nobody sees', 'exam\u00adple\u200b\ufeff', 'example'],
    ['a letter and its accent written apart', 'cafe\u0301', 'café'],
    ['line separators', 'a\u2028b', 'a\nb'],
    ['bullets', '• one', '* one'],
  ])('has plain signs for %s', (_what, text, expected) => {
    expect(inGsm7(text)).toBe(expected);
    expect(segmentsOf(inGsm7(text)).encoding).toBe('GSM-7');
  });

  it.each([
    ['a letter outside the alphabet', '“Sí”'],
    ['an emoji', 'Done… 🎉'],
    ['another script', '“Привет”'],
    ['joined emojis', '👩\u200d👧'],
    ['a broken surrogate', '“\ud83c”'],
  ])('stays as it is with %s', (_what, text) => {
    expect(inGsm7(text)).toBe(text);
  });

  it('stays as it is when it is cheap already', () => {
    expect(inGsm7('"plain" - text...')).toBe('"plain" - text...');
  });

  it('never costs more, and never loses a letter or a digit', () => {
    const letters = (text: string) => text.normalize('NFC').replace(/[^\p{L}\p{N}]/gu, '');
    const text = fc.string({
      unit: fc.constantFrom('a', 'Z', '7', 'é', 'e\u0301', 'í', '“', '…', '—', '\u00a0', '€', '🎉', 'Ж', ' '),
      maxLength: 400,
    });
    fc.assert(
      fc.property(text, (t) => {
        const said = inGsm7(t);
        expect(segmentsOf(said).segments).toBeLessThanOrEqual(segmentsOf(t).segments);
        expect(letters(said)).toBe(letters(t));
        expect(inGsm7(said)).toBe(said);
      }),
    );
  });
});
