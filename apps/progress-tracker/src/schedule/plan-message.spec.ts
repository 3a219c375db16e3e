import { addMonths } from '@stopcovid/calendar';
import { plan } from './plan';
import { at, date, day, minute, next, schedule, trainee } from './schedule.testkit';

describe('a step of a drip', () => {
  const step = (day: string, enrolledAt = '2026-01-01T00:00Z') => ({
    kind: 'drip' as const,
    id: 'welcome/1',
    date: date(day),
    minute: minute('10:00'),
    enrolledAt: at(enrolledAt),
    keepDays: 0,
  });
  const planned = (message: ReturnType<typeof step>, now: string) =>
    plan(trainee('UTC', { messages: [message], nextDrill: null }), schedule(day), at(now));

  it('a month after 31 January comes on 28 February', () => {
    const due = step(addMonths(date('2026-01-31'), 1));
    expect(next(planned(due, '2026-02-01T00:00Z'), 'drip')).toBe('2026-02-28T10:00Z');
  });

  it('that was past at enrolment is skipped, with the reason', () =>
    expect(planned(step('2026-06-01', '2026-06-05T00:00Z'), '2026-06-05T00:00Z').passed).toMatchObject([
      { kind: 'drip', nominal: 'welcome/1', reason: 'beforeEnrolment' },
    ]));

  it('that an outage made too late is skipped, with the reason', () =>
    expect(planned(step('2026-06-01'), '2026-06-01T21:00Z').passed).toMatchObject([{ reason: 'tooLate' }]));
});

describe('a broadcast', () => {
  const message = (until: string) => ({
    kind: 'broadcast' as const,
    id: 'shift-plan',
    date: date('2026-06-10'),
    minute: minute('20:50'),
    until: at(until),
  });
  const planned = (until: string, now: string) =>
    plan(trainee('UTC', { messages: [message(until)], nextDrill: null }), schedule(day), at(now));

  it('that may wait until tomorrow is held to the next opening', () =>
    expect(next(planned('2026-06-11T21:00Z', '2026-06-10T21:10Z'), 'broadcast')).toBe('2026-06-11T09:00Z'));

  it('whose sender has a backlog goes on in the next window, as long as it is wanted', () =>
    expect(planned('2026-06-12T10:00Z', '2026-06-10T20:50Z').occurrences).toMatchObject([
      {
        windows: [
          { from: at('2026-06-10T09:00Z'), to: at('2026-06-10T21:00Z') },
          { from: at('2026-06-11T09:00Z'), to: at('2026-06-11T21:00Z') },
          { from: at('2026-06-12T09:00Z'), to: at('2026-06-12T21:00Z') },
        ],
        notAfter: at('2026-06-12T10:00Z'),
      },
    ]));

  it('is not wanted any more after its last window, whatever was said', () =>
    expect(planned('2026-06-11T23:00Z', '2026-06-10T20:50Z').occurrences).toMatchObject([
      { notAfter: at('2026-06-11T21:00Z') },
    ]));

  it('that may not has expired', () =>
    expect(planned('2026-06-10T23:00Z', '2026-06-10T21:10Z')).toMatchObject({
      occurrences: [],
      passed: [{ reason: 'expired' }],
    }));
});
