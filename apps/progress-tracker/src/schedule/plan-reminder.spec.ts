import { plan } from './plan';
import { at, day, next, running, schedule, trainee } from './schedule.testkit';

const newYork = 'America/New_York';

describe('a reminder', () => {
  const hours = schedule({ window: { opens: '08:00', closes: '21:00' }, reminders: [4, 24] });

  it('that comes due in quiet hours is held until they end', () => {
    const standing = trainee('UTC', { running: running('2026-06-08T18:30Z') });
    const made = plan(standing, hours, at('2026-06-08T19:00Z'));
    expect(made.occurrences).toMatchObject([{ dueAt: at('2026-06-09T08:00Z'), held: 'quietHours' }]);
  });

  it('is held over a blackout date', () => {
    const standing = trainee('UTC', { running: running('2026-06-08T18:30Z') });
    const given = schedule({ ...day, reminders: [4], blackoutDates: ['2026-06-09'] });
    expect(next(plan(standing, given, at('2026-06-08T19:00Z')), 'reminder')).toBe('2026-06-10T09:00Z');
  });

  it('is gone once the trainee has answered in the meantime', () => {
    const answered = { ...running('2026-06-08T18:30Z'), open: null };
    expect(
      next(plan(trainee('UTC', { running: answered }), hours, at('2026-06-09T08:00Z')), 'reminder'),
    ).toBeNull();
  });

  it('is an exact number of hours after the last, also when clocks change between', () => {
    const standing = trainee(newYork, { running: running('2026-03-07T23:00Z') });
    expect(next(plan(standing, schedule({ reminders: [24] }), at('2026-03-08T00:00Z')), 'reminder')).toBe(
      '2026-03-08T23:00Z',
    );
  });

  it('comes no more when the ladder has ended', () => {
    const open = running('2026-06-01T09:00Z', { rung: 2, remindedAt: at('2026-06-02T13:00Z') });
    expect(
      next(plan(trainee('UTC', { running: open }), hours, at('2026-06-08T09:00Z')), 'reminder'),
    ).toBeNull();
  });
});
