import { departureOf } from './capacity';

const at = (text: string): number => Date.parse(text);
const day = { dueAt: at('2026-03-03T09:00Z'), notAfter: at('2026-03-03T21:00Z') };
const hours = (ms: number): number => Math.round(ms / 360_000) / 10;

describe('when the texts of a broadcast leave', () => {
  it.each([
    [100, 2.8, 0],
    [10, 27.8, 568_000],
    [1, 277.8, 956_800],
  ])(
    'a million segments in a window of twelve hours, at %d a second, take %d hours',
    (segmentsPerSecond, takes, tooLate) => {
      const loads = [{ ...day, people: 1_000_000, segments: 1_000_000 }];
      const departure = departureOf(loads, { perSecond: 1_000, segmentsPerSecond });
      expect(hours((departure?.lastAt ?? 0) - day.dueAt)).toBe(takes);
      expect(departure?.tooLate).toBe(tooLate);
    },
  );

  it('counts messages where that is the narrower rate, and segments where words are long', () => {
    const loads = [{ ...day, people: 100, segments: 300 }];
    const seconds = (rate: { perSecond: number; segmentsPerSecond?: number }) =>
      ((departureOf(loads, rate)?.lastAt ?? 0) - day.dueAt) / 1_000;
    expect(seconds({ perSecond: 10 })).toBe(10);
    expect(seconds({ perSecond: 10, segmentsPerSecond: 100 })).toBe(10);
    expect(seconds({ perSecond: 10, segmentsPerSecond: 10 })).toBe(30);
  });

  it('lets a zone wait for one that came due before it', () => {
    const late = { dueAt: day.dueAt + 60_000, notAfter: day.dueAt + 120_000, people: 60, segments: 60 };
    const early = { ...day, people: 120, segments: 120 };
    expect(departureOf([late, early], { perSecond: 1 })).toEqual({
      firstAt: day.dueAt,
      lastAt: day.dueAt + 180_000,
      tooLate: 60,
    });
  });

  it('has nothing to say of nobody', () => expect(departureOf([], { perSecond: 1 })).toBeNull());
});
