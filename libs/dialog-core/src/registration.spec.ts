import { looksLikeCode } from './registration';

describe('a text that may be a registration code', () => {
  it.each([
    ['acme', 'ACME'],
    [' Acme-2026. ', 'ACME-2026'],
    ['"acme"', 'ACME'],
    ['123456', '123456'],
    ['niño1', 'NIÑO1'],
    ['nin\u0303o1', 'NIÑO1'],
    ['ក្រុម១', 'ក្រុម១'],
    ['abc', 'ABC'],
    ['x'.repeat(32), 'X'.repeat(32)],
  ])('%s', (text, code) => expect(looksLikeCode(text)).toBe(code));

  it.each(['', 'ab', 'two words', 'x'.repeat(33), '---', '?!', 'a_b_c', '🙂🙂🙂', 'a@b.c', 'x\u0000yz'])(
    'not %j',
    (text) => expect(looksLikeCode(text)).toBeUndefined(),
  );
});
