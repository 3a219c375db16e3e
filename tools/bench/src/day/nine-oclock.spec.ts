import { hourMs, minuteMs } from '@stopcovid/calendar';
import { minuteAfter, timeIn, zoneAtNine } from './nine-oclock';

const midnight = Date.parse('2026-03-02T00:00:00Z');

describe('nine o’clock', () => {
  it('is now somewhere, at every hour of the day', () => {
    const times = Array.from({ length: 24 }, (_, hour) => midnight + hour * hourMs + 17 * minuteMs).map(
      (at) => timeIn(zoneAtNine(at), at),
    );
    expect(new Set(times)).toEqual(new Set(['09:17']));
  });

  it('comes at a whole minute, no sooner than asked', () => {
    expect(minuteAfter(midnight + 1, 0)).toBe(midnight + minuteMs);
    expect(minuteAfter(midnight, minuteMs)).toBe(midnight + minuteMs);
  });
});
