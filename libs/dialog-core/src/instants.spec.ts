import { timestampSchema } from '@stopcovid/contracts';
import fc from 'fast-check';
import { hasBegunSomewhere, isBefore, secondsBetween } from './instants';

const at = (text: string) => timestampSchema.parse(text);
const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });

describe('instants', () => {
  it('are in order however they are written', () =>
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        expect(isBefore(at(a.toISOString()), at(b.toISOString()))).toBe(a < b);
      }),
    ));
  it.each([
    ['2026-03-01T17:05:00Z', '2026-03-01T17:05:00.000Z'],
    ['2026-03-01T17:05:00.5Z', '2026-03-01T17:05:00.500000Z'],
  ])('%s is %s', (one, same) => {
    expect(isBefore(at(one), at(same))).toBe(false);
    expect(isBefore(at(same), at(one))).toBe(false);
  });
  it('are so many seconds apart as on a clock', () =>
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const seconds = Math.floor(b.getTime() / 1_000) - Math.floor(a.getTime() / 1_000);
        const between = secondsBetween(at(a.toISOString()), at(b.toISOString()));
        expect(Math.abs(between - seconds)).toBeLessThan(1);
      }),
    ));
  it('differ by less than a second', () =>
    expect(isBefore(at('2026-03-01T17:05:00Z'), at('2026-03-01T17:05:00.001Z'))).toBe(true));
});

describe('a date', () => {
  it('begins 14 hours before it does in Greenwich, on every day of two centuries', () =>
    fc.assert(
      fc.property(instant, (when) => {
        const ahead = new Date(when.getTime() + 14 * 3_600_000).toISOString().slice(0, 10);
        fc.pre(ahead < '2200');
        const dayAfter = new Date(Date.parse(ahead) + 86_400_000).toISOString().slice(0, 10);
        expect(hasBegunSomewhere(ahead, at(when.toISOString()))).toBe(true);
        expect(hasBegunSomewhere(dayAfter, at(when.toISOString()))).toBe(false);
      }),
    ));
});
