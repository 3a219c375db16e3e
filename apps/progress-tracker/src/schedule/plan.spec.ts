import { tzVersion } from '@stopcovid/calendar';
import { datesAhead, plan } from './plan';
import { at, day, handwashing, next, running, schedule, trainee, utc, workdays } from './schedule.testkit';

const newYork = 'America/New_York';

describe('after an outage', () => {
  const given = schedule({ ...day, time: '09:00' });

  it('over the time of a drill, it still comes while the window is open', () => {
    const standing = trainee('UTC', { lastStartAt: at('2026-06-09T09:00Z') });
    const made = plan(standing, given, at('2026-06-10T11:00Z'));
    expect(made.occurrences).toMatchObject([
      { date: '2026-06-10', dueAt: at('2026-06-10T09:00Z'), notAfter: at('2026-06-10T21:00Z') },
    ]);
    expect(made.nextAt).toBe(at('2026-06-10T09:00Z'));
  });

  it('over the end of the window, that drill has expired on record, and the next comes at its time', () => {
    const standing = trainee('UTC', { lastStartAt: at('2026-06-07T19:30Z') });
    const made = plan(standing, schedule({ ...day, time: '19:30' }), at('2026-06-09T07:00Z'));
    expect(made.passed).toEqual([
      { kind: 'drill', nominal: '2026-06-08', reason: 'expired', at: at('2026-06-08T21:00Z') },
    ]);
    expect(next(made)).toBe('2026-06-09T19:30Z');
  });

  it('of three days there is one drill, the next of the course', () => {
    const standing = trainee('UTC', { lastStartAt: at('2026-06-06T09:00Z') });
    const made = plan(standing, given, at('2026-06-10T08:00Z'));
    expect(made.occurrences).toMatchObject([{ kind: 'drill', drill: handwashing, date: '2026-06-10' }]);
    expect(made.passed.map(({ nominal }) => nominal)).toEqual(['2026-06-07', '2026-06-08', '2026-06-09']);
  });

  it('what is on record as expired is not recorded again', () => {
    const standing = trainee('UTC', {
      lastStartAt: at('2026-06-06T09:00Z'),
      settledThrough: at('2026-06-09T21:00Z'),
    });
    expect(plan(standing, given, at('2026-06-10T08:00Z')).passed).toEqual([]);
  });

  it('one reminder of two that are due, and the interval runs anew from it', () => {
    const ladder = schedule({ reminders: [4, 24, 48] });
    const asked = trainee('UTC', { running: running('2026-06-08T09:00Z') });
    const made = plan(asked, ladder, at('2026-06-09T18:00Z'));
    expect(made.occurrences).toMatchObject([{ kind: 'reminder', rung: 1, last: false }]);
    expect(made.passed).toMatchObject([{ kind: 'reminder', nominal: '0', reason: 'laterRung' }]);
    const sent = running('2026-06-08T09:00Z', { rung: 2, remindedAt: at('2026-06-09T18:00Z') });
    const after = plan(trainee('UTC', { running: sent }), ladder, at('2026-06-09T18:01Z'));
    expect(after.occurrences).toMatchObject([{ dueAt: at('2026-06-11T18:00Z'), rung: 2, last: true }]);
  });
});

describe('nothing proactive', () => {
  it.each([
    ['to who is not registered', { registered: false }, 'notRegistered'],
    ['to who has opted out', { optedOut: true }, 'optedOut'],
    ['to a phone that its person has left', { active: false }, 'notActive'],
    ['to who has paused', { paused: { until: null } }, 'paused'],
  ])('%s', (_, change, idle) => {
    const standing = trainee('UTC', { running: running('2026-06-08T09:00Z'), ...change });
    expect(plan(standing, schedule(), at('2026-06-10T09:00Z'))).toEqual({
      occurrences: [],
      passed: [],
      abandon: null,
      idle,
      nextAt: null,
      tzVersion,
    });
  });

  it('after the last drill of the course', () =>
    expect(plan(trainee('UTC', { nextDrill: null }), schedule(), at('2026-06-10T09:00Z')).idle).toBe(
      'outOfDrills',
    ));

  it('after the end of the schedule', () => {
    const made = plan(
      trainee('UTC', { settledThrough: at('2026-06-02T00:00Z') }),
      schedule({ end: '2026-06-01' }),
      at('2026-06-10T09:00Z'),
    );
    expect(made).toMatchObject({ occurrences: [], idle: 'ended' });
  });
});

describe('somebody whose zone nobody knows', () => {
  const unknown = trainee(null, { lastStartAt: at('2026-07-13T20:00Z') });

  it('is in the organisation’s zone where that has one', () => {
    const made = plan(unknown, schedule({ ...day, time: '09:00', zone: newYork }), at('2026-07-14T06:00Z'));
    expect(next(made)).toBe('2026-07-14T13:00Z');
  });

  it('is written to when it is inside the window everywhere that the number may be', () => {
    const made = plan(unknown, schedule(day), at('2026-07-14T06:00Z'));
    expect(made.occurrences).toMatchObject([
      {
        dueAt: at('2026-07-14T19:00Z'),
        window: { from: at('2026-07-14T19:00Z'), to: at('2026-07-15T01:00Z') },
      },
    ]);
  });

  it('is not written to when the number tells nothing', () => {
    const nowhere = { ...unknown, phone: trainee('UTC').phone.replace('+1', '+883') as typeof unknown.phone };
    expect(plan(nowhere, schedule(day), at('2026-07-14T06:00Z')).idle).toBe('noZone');
  });
});

it('the dates ahead show each drill, and why there is none', () => {
  const standing = trainee('UTC', { lastStartAt: at('2026-06-12T09:00Z') });
  const given = schedule({ ...day, time: '09:00', days: workdays, blackoutDates: ['2026-06-16'] });
  const ahead = datesAhead(standing, given, { now: at('2026-06-12T10:00Z'), dates: 6 });
  expect(
    ahead.map(({ verdict }) =>
      verdict === 'settled' ? verdict : verdict.kind === 'none' ? verdict.reason : utc(verdict.dueAt),
    ),
  ).toEqual([
    'settled',
    'notADeliveryDay',
    'notADeliveryDay',
    '2026-06-15T09:00Z',
    'blackout',
    '2026-06-17T09:00Z',
  ]);
  expect(ahead[0]?.date).toBe('2026-06-12');
});
