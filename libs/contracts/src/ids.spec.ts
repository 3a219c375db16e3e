import { phoneAsTyped, phoneSchema } from './ids';

describe('a phone that somebody typed or pasted', () => {
  it.each([
    ['wrapped in marks of direction', '\u202a+12025550143\u202c'],
    ['with a blank behind', '+12025550143 '],
    ['with a blank that does not break, before', '\u00a0+12025550143'],
    ['with a joiner within', '+1202\u200d5550143'],
    ['with the mark of a file’s beginning', '\ufeff+12025550143\n'],
  ])('is the number that one sees: %s', (_what, typed) => {
    expect(phoneSchema.parse(phoneAsTyped(typed))).toBe('+12025550143');
  });

  it('is not another number for it', () => {
    expect(phoneSchema.safeParse(phoneAsTyped('+1202 555 0143')).success).toBe(false);
  });
});
