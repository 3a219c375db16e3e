import { plan } from './plan';
import { lengthened, missed } from './repeats';
import { at, date, day, handwashing, howLong, ladder, next, schedule, trainee } from './schedule.testkit';

describe('after a pause of ten days', () => {
  it('nothing is made up for: the next drill comes at its next time', () => {
    const standing = trainee('UTC', {
      lastStartAt: at('2026-06-01T09:00Z'),
      eligibleSince: at('2026-06-11T12:00Z'),
    });
    const made = plan(standing, schedule({ ...day, time: '09:00' }), at('2026-06-11T12:00Z'));
    expect(made).toMatchObject({ passed: [] });
    expect(next(made)).toBe('2026-06-12T09:00Z');
  });

  it('questions come again ten days later than they would have', () => {
    const item = missed(ladder, { drill: handwashing, prompt: howLong }, date('2026-06-01'));
    expect(lengthened(item, { from: date('2026-06-01'), to: date('2026-06-11') }).dueOn).toBe('2026-06-12');
    expect(lengthened(item, { from: date('2026-06-05'), to: date('2026-06-15') }).dueOn).toBe('2026-06-02');
  });

  it('that ends by itself, the schedule goes on from then', () => {
    const standing = trainee('UTC', { paused: { until: at('2026-06-11T12:00Z') } });
    const given = schedule({ ...day, time: '09:00' });
    expect(plan(standing, given, at('2026-06-10T09:00Z'))).toMatchObject({
      occurrences: [],
      idle: 'paused',
      nextAt: at('2026-06-11T12:00Z'),
    });
    expect(next(plan(standing, given, at('2026-06-11T12:00Z')))).toBe('2026-06-12T09:00Z');
  });
});
