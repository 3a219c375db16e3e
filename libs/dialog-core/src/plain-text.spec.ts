import { plainText, storableText } from './plain-text';

describe('a text as it is compared', () => {
  it.each([
    ['letters in any case', ' StOp ', 'stop'],
    ['punctuation', '«Stop!!!»', 'stop'],
    ['several spaces', 'opt \t  out', 'opt out'],
    ['hyphens', 'OPT-OUT', 'opt out'],
    ['accents', 'ARRÊT', 'arret'],
    ['decomposed accents', 'arre\u0302t', 'arret'],
    ['full-width letters', 'ＳＴＯＰ', 'stop'],
    ['bold letters of the mathematical kind', '𝗦𝗧𝗢𝗣', 'stop'],
    ['emoji', 'stop 🙏', 'stop'],
    ['invisible characters', '\u200est\u200bop\u200b', 'stop'],
    ['a long s', 'ſtop', 'stop'],
    ['emoji letters', '🅂🅃🅾️🅿️', 'stop'],
    ['a flag', 'stop 🇺🇸', 'stop'],
    ['a signature', 'STOP\nSent from my iPhone', 'stop'],
    ['digits', ' 20 ', '20'],
    ['nothing but symbols', '?!…', ''],
    ['Khmer, whose marks are part of its letters', 'សូមអរគុណ!', 'សូមអរគុណ'],
    ['lone surrogates', 'stop\ud800', 'stop'],
    ['NUL', 'st\u0000op', 'st op'],
  ])('evens out %s', (_what, typed, plain) => expect(plainText(typed)).toBe(plain));
});

describe('a text as it is stored', () => {
  it('is trimmed, otherwise as typed', () => expect(storableText('  Ana  María ')).toBe('Ana  María'));
  it('holds 256 units at most', () => expect(storableText('x'.repeat(300))).toHaveLength(256));
  it('is never cut through an emoji', () =>
    expect(storableText(`${'x'.repeat(255)}🙂`)).toBe('x'.repeat(255)));
  it('is always well formed', () => expect(storableText('a\ud800b')).toBe('a\ufffdb'));
});
