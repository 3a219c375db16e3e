import fc from 'fast-check';
import { bodyOf, valueIn } from './body';

describe('a body', () => {
  it.each([
    ['control characters', 'a\u0000b\u0007\u009fc', 'abc'],
    ['line breaks of another system', 'a\r\nb\rc', 'a\nb\nc'],
    ['a broken surrogate', 'a\ud83db\udc4d', 'a\ufffdb\ufffd'],
    ['a whole emoji', '👍🏽', '👍🏽'],
    ['blanks around it', ' a \n', 'a'],
  ])('with %s is repaired', (_what, text, body) => {
    expect(bodyOf(text)).toBe(body);
  });

  it('of 1,600 characters is sent whole, of one more is cut and says so', () => {
    expect(bodyOf('a'.repeat(1_600))).toBe('a'.repeat(1_600));
    expect(bodyOf('a'.repeat(1_601))).toBe(`${'a'.repeat(1_597)}...`);
  });

  it('is never cut inside what a person sees as one character', () => {
    const family = '👨‍👩‍👧';
    const body = bodyOf('a' + family.repeat(300));
    expect(body).toBe(`a${family.repeat(199)}...`);
  });

  it('is never too long and never broken, whatever it was', () => {
    const text = fc.string({ unit: 'binary', minLength: 1_500, maxLength: 2_000 });
    fc.assert(
      fc.property(text, (t) => bodyOf(t).length <= 1_600 && !/\p{Surrogate}/u.test(bodyOf(t))),
      { numRuns: 50 },
    );
  });
});

it('a value stands within a sentence: one line, nothing that turns the writing around', () => {
  expect(valueIn(' Rosa\n\u202eReply YES\u0000 ')).toBe('Rosa Reply YES');
});
