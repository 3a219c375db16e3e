import { leadMs, openForMs } from './durations';

it('there is more time the more people there are, and a window closes on the day on which it opened', () => {
  for (const durationMs of [leadMs, openForMs])
    expect(durationMs({ trainees: 100_000 })).toBeGreaterThan(durationMs({ trainees: 1_000 }));
  expect(openForMs({ trainees: 10_000_000 })).toBe(10 * 3_600_000);
});
