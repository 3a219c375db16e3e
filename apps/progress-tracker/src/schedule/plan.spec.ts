import { addMonths, hourMs, tzVersion } from '@stopcovid/calendar';
import { datesAhead, plan } from './plan';
import { lengthened, missed, rightAgain } from './repeats';
import {
  at,
  date,
  handwashing,
  howLong,
  minute,
  next,
  running,
  schedule,
  trainee,
  utc,
} from './schedule.testkit';
import type { MissedPrompt } from './standing';

const [newYork, losAngeles, auckland, honolulu] = [
  'America/New_York',
  'America/Los_Angeles',
  'Pacific/Auckland',
  'Pacific/Honolulu',
];
const day = { window: { opens: '09:00', closes: '21:00' } };
const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'];

describe('the day’s drill comes at its time on the wall', () => {
  it.each([
    ['once when the clock skips that time', newYork, '02:30', '2026-03-08T05:30Z', '2026-03-08T07:30Z'],
    [
      'at the first of two when the clock shows it twice',
      newYork,
      '01:30',
      '2026-11-01T04:30Z',
      '2026-11-01T05:30Z',
    ],
    [
      '23 hours after yesterday’s when clocks go forward',
      newYork,
      '09:00',
      '2026-03-08T06:00Z',
      '2026-03-08T13:00Z',
    ],
    ['after a gap of half an hour', 'Australia/Lord_Howe', '02:10', '2026-10-03T14:00Z', '2026-10-03T15:40Z'],
    ['in Ramadan', 'Africa/Casablanca', '09:00', '2026-02-20T01:00Z', '2026-02-20T09:00Z'],
    ['after Ramadan', 'Africa/Casablanca', '09:00', '2026-03-25T01:00Z', '2026-03-25T08:00Z'],
  ])('%s', (_, where, time, now, due) => {
    const eligibleSince = at(now) - hourMs;
    expect(next(plan(trainee(where, { eligibleSince }), schedule({ time }), at(now)))).toBe(due);
  });

  it('on a Friday evening in Los Angeles, though it is Saturday in UTC', () => {
    const standing = trainee(losAngeles, { lastStartAt: at('2026-06-12T01:00Z') });
    const made = plan(standing, schedule({ days: workdays, time: '18:00' }), at('2026-06-12T20:00Z'));
    expect(next(made)).toBe('2026-06-13T01:00Z');
  });

  it('not on a date that the zone left out, and once on the next', () => {
    const standing = trainee('Pacific/Apia', {
      eligibleSince: at('2011-01-01T00:00Z'),
      lastStartAt: at('2011-12-29T19:00Z'),
    });
    const made = plan(standing, schedule({ time: '09:00' }), at('2011-12-30T06:00Z'));
    expect(next(made)).toBe('2011-12-30T19:00Z');
    expect(made.occurrences).toMatchObject([{ date: '2011-12-31' }]);
  });

  it('and a reminder that is held until a window that opens in a gap comes at the first instant after it', () => {
    const standing = trainee(newYork, { running: running('2026-03-08T05:00Z') });
    const hours = { window: { opens: '02:30', closes: '21:00' }, reminders: [1] };
    expect(next(plan(standing, schedule(hours), at('2026-03-08T05:30Z')), 'reminder')).toBe(
      '2026-03-08T07:00Z',
    );
  });

  it('derived anew from the date and time when zone data change, under the same id', () => {
    const [before, after] = ['UTC', 'Africa/Lagos'].map((name) =>
      plan(trainee(name), schedule({ time: '09:00' }), at('2026-06-10T00:30Z')),
    );
    expect(before?.tzVersion).toBe(tzVersion);
    expect([next(before!), next(after!)]).toEqual(['2026-06-10T09:00Z', '2026-06-10T08:00Z']);
    expect(before?.occurrences[0]?.commandId).toBe(after?.occurrences[0]?.commandId);
  });
});

describe('one drill a day, when a trainee moves', () => {
  const nine = schedule({ time: '09:00' });

  it('east after today’s: tomorrow at nine there', () => {
    const standing = trainee(newYork, { lastStartAt: at('2026-06-10T16:00Z') });
    expect(next(plan(standing, nine, at('2026-06-10T16:30Z')))).toBe('2026-06-11T13:00Z');
  });

  it('west before today’s: at nine there, once', () => {
    const [there, here] = [newYork, losAngeles].map((where) =>
      plan(trainee(where, { lastStartAt: at('2026-06-09T13:00Z') }), nine, at('2026-06-10T12:30Z')),
    );
    expect([next(there!), next(here!)]).toEqual(['2026-06-10T13:00Z', '2026-06-10T16:00Z']);
    expect(here?.occurrences[0]?.commandId).toBe(there?.occurrences[0]?.commandId);
  });

  it('over the date line to where yesterday’s came on Monday: on Tuesday there', () => {
    const tuesday = plan(
      trainee(auckland, { lastStartAt: at('2026-06-07T21:00Z') }),
      nine,
      at('2026-06-08T20:00Z'),
    );
    const another = plan(
      trainee(honolulu, { lastStartAt: at('2026-06-08T21:00Z') }),
      nine,
      at('2026-06-08T22:00Z'),
    );
    expect(next(another)).toBe('2026-06-09T19:00Z');
    expect([tuesday, another].map(({ occurrences }) => occurrences[0])).toMatchObject([
      { date: '2026-06-09' },
      { date: '2026-06-09' },
    ]);
    expect(another.occurrences[0]?.commandId).not.toBe(tuesday.occurrences[0]?.commandId);
  });

  it('over the date line to where today’s came already: not before the day after', () => {
    const standing = trainee(auckland, { lastStartAt: at('2026-06-09T06:00Z') });
    const made = plan(standing, schedule({ time: '20:00' }), at('2026-06-09T06:05Z'));
    expect(next(made)).toBe('2026-06-10T08:00Z');
  });

  it('never sooner than twelve hours after the last', () => {
    const standing = trainee(newYork, { lastStartAt: at('2026-06-10T03:00Z') });
    const made = plan(standing, nine, at('2026-06-10T04:00Z'));
    expect(made.occurrences).toMatchObject([{ dueAt: at('2026-06-10T15:00Z'), held: 'minGap' }]);
  });
});

describe('a changed schedule is planned from the last occurrence', () => {
  const evening = schedule({ time: '18:00' });

  it('before today’s drill: today at the new time', () => {
    const standing = trainee(newYork, { lastStartAt: at('2026-06-09T13:00Z') });
    expect(next(plan(standing, evening, at('2026-06-10T12:50Z')))).toBe('2026-06-10T22:00Z');
  });

  it('after today’s drill: tomorrow at the new time', () => {
    const standing = trainee(newYork, { lastStartAt: at('2026-06-10T13:00Z') });
    expect(next(plan(standing, evening, at('2026-06-10T13:10Z')))).toBe('2026-06-11T22:00Z');
  });

  it('saved without a change, between its time and a trainee’s place in the spread: it loses nothing', () => {
    const standing = trainee(newYork, { lastStartAt: at('2026-06-09T13:10Z') });
    const given = { ...day, time: '09:00', spreadMinutes: 60 };
    const due = next(plan(standing, schedule(given), at('2026-06-10T12:00Z')));
    expect(due! > '2026-06-10T13:00Z').toBe(true);
    const between = (at('2026-06-10T13:00Z') + at(due!)) / 2;
    expect(next(plan(standing, schedule(given), between))).toBe(due);
  });
});

describe('the spread', () => {
  it('is cut to the window, and the same every time', () => {
    const given = { ...day, time: '20:30', spreadMinutes: 60 };
    const due = plan(
      trainee('UTC', { eligibleSince: at('2026-06-10T00:00Z') }),
      schedule(given),
      at('2026-06-10T01:00Z'),
    );
    const again = plan(
      trainee('UTC', { eligibleSince: at('2026-06-10T00:00Z') }),
      schedule(given),
      at('2026-06-10T20:40Z'),
    );
    expect(next(due)! >= '2026-06-10T20:30Z' && next(due)! < '2026-06-10T21:00Z').toBe(true);
    expect(next(again)).toBe(next(due));
  });
});

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

describe('an unfinished drill', () => {
  const standing = trainee('UTC', {
    running: running('2026-06-08T10:00Z'),
    lastStartAt: at('2026-06-08T09:00Z'),
  });

  it('holds up the next where the schedule waits', () => {
    const made = plan(standing, schedule({ reminders: [] }), at('2026-06-10T08:00Z'));
    expect(made).toMatchObject({ occurrences: [], idle: 'unfinished', abandon: null, nextAt: null });
  });

  it('is abandoned after so many days without an answer, and the next comes at its time', () => {
    const given = schedule({ ...day, time: '09:00', reminders: [], unfinished: { expireAfterDays: 3 } });
    const made = plan(standing, given, at('2026-06-10T08:00Z'));
    expect(made.abandon).toEqual({ runId: 'run-1', at: at('2026-06-11T00:00Z') });
    expect(next(made)).toBe('2026-06-11T09:00Z');
    expect(made.nextAt).toBe(at('2026-06-11T00:00Z'));
    expect(made.passed).toMatchObject([{ nominal: '2026-06-09', reason: 'unfinished' }]);
  });

  it('that ends after the time of today’s drill is not followed by another at once', () => {
    const free = trainee('UTC', { lastStartAt: at('2026-06-08T09:00Z'), freeSince: at('2026-06-09T12:00Z') });
    const made = plan(free, schedule({ ...day, time: '09:00' }), at('2026-06-09T12:01Z'));
    expect(next(made)).toBe('2026-06-10T09:00Z');
  });
});

describe('a start that the engine held back', () => {
  const given = schedule({ ...day, time: '09:00' });
  const held = (postponedAt: string, rounds = 1) =>
    plan(
      trainee('UTC', {
        lastStartAt: at('2026-06-09T09:00Z'),
        postponed: { date: date('2026-06-10'), rounds, at: at(postponedAt) },
      }),
      given,
      at(postponedAt),
    );

  it('is tried again the same day, under another id', () => {
    const made = held('2026-06-10T09:00Z');
    expect(made.occurrences).toMatchObject([
      { date: '2026-06-10', dueAt: at('2026-06-10T09:30Z'), held: 'postponed' },
    ]);
    expect(made.occurrences[0]?.commandId).not.toBe(held('2026-06-10T09:00Z', 2).occurrences[0]?.commandId);
  });

  it('waits for the next day when the window closes first', () =>
    expect(next(held('2026-06-10T20:45Z'))).toBe('2026-06-11T09:00Z'));
});

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

const ladder = { afterDays: [1, 3, 7], retireAfter: 2 };
const monday = date('2026-06-08');

describe('a question that was missed on Monday', () => {
  const item = missed(ladder, { drill: handwashing, prompt: howLong }, monday);

  it('is due on Tuesday, then on Friday, and is retired when it was right both times', () => {
    expect(item.dueOn).toBe('2026-06-09');
    const second = rightAgain(ladder, item, date('2026-06-09'));
    expect(second?.dueOn).toBe('2026-06-12');
    expect(rightAgain(ladder, second!, date('2026-06-12'))).toBeNull();
  });

  const dayOf = (missedAgain: MissedPrompt, days: readonly string[]) => {
    const standing = trainee('UTC', {
      lastStartAt: at('2026-06-12T09:00Z'),
      nextDrill: null,
      missed: [missedAgain],
    });
    return plan(standing, schedule({ ...day, days }), at('2026-06-12T10:00Z'));
  };

  it('and again on Friday is due on Saturday, or on Monday where Saturday is no delivery day', () => {
    const again = missed(ladder, item, date('2026-06-12'));
    expect(next(dayOf(again, [...workdays, 'sat']), 'repeat')).toBe('2026-06-13T09:00Z');
    expect(next(dayOf(again, workdays), 'repeat')).toBe('2026-06-15T09:00Z');
  });

  it('is part of the day’s one drill', () => {
    const standing = trainee('UTC', { lastStartAt: at('2026-06-08T09:00Z'), missed: [item] });
    const made = plan(standing, schedule({ ...day, time: '09:00' }), at('2026-06-08T10:00Z'));
    expect(made.occurrences).toMatchObject([
      { kind: 'drill', drill: handwashing, repeats: [{ drill: handwashing, prompt: howLong }] },
    ]);
  });
});

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

it('a drill whose window closed while its text waited has expired, and the next is tomorrow’s', () => {
  const standing = trainee('UTC', { lastStartAt: at('2026-06-09T20:50Z') });
  const made = plan(standing, schedule({ ...day, time: '20:50' }), at('2026-06-10T21:10Z'));
  expect(made.passed).toMatchObject([{ nominal: '2026-06-10', reason: 'expired' }]);
  expect(next(made)).toBe('2026-06-11T20:50Z');
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
