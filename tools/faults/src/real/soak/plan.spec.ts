import { leastReadings } from './drift';
import { planOf } from './plan';

describe('a soak', () => {
  it.each([3, 60, 240])(
    'of %d minutes lets each of eight replicas live long enough to be judged',
    (minutes) => {
      const { lengthMs, restartEveryMs, lookEveryMs } = planOf(minutes);
      const livesOf = (place: number): readonly number[] => {
        const restarts = Array.from(
          { length: Math.ceil(lengthMs / restartEveryMs) - 1 },
          (_, index) => index,
        );
        const own = restarts
          .filter((index) => index % 8 === place)
          .map((index) => (index + 1) * restartEveryMs);
        return [0, ...own].map((from, index) => (own[index] ?? lengthMs) - from);
      };
      for (let place = 0; place < 8; place += 1)
        expect(Math.max(...livesOf(place)) / lookEveryMs).toBeGreaterThan(leastReadings);
    },
  );

  it('looks each ten seconds in an hour, and has a slow carrier for ten minutes of it', () => {
    const { lookEveryMs, slowFromMs, slowToMs } = planOf(60);
    expect([lookEveryMs, (slowToMs - slowFromMs) / 60_000]).toEqual([10_000, 10]);
  });
});
