import { hourMs, minuteMs, tzVersion } from '@stopcovid/calendar';
import { phoneSchema } from '@stopcovid/contracts';
import { plan } from './plan';
import { at, date, day, next, running, schedule, trainee, workdays } from './schedule.testkit';

const [newYork, losAngeles, auckland, honolulu] = [
  'America/New_York',
  'America/Los_Angeles',
  'Pacific/Auckland',
  'Pacific/Honolulu',
];

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
  const held = (postponedAt: string, { rounds = 1, phone = trainee('UTC').phone } = {}) =>
    plan(
      trainee('UTC', {
        phone,
        lastStartAt: at('2026-06-09T09:00Z'),
        postponed: { date: date('2026-06-10'), rounds, at: at(postponedAt) },
      }),
      given,
      at(postponedAt),
    );
  const phones = Array.from({ length: 1_000 }, (_, index) =>
    phoneSchema.parse(`+1202555${String(index).padStart(4, '0')}`),
  );
  /** How long after nine each is tried again, in minutes. */
  const minutesLater = (rounds: number) =>
    phones.map((phone) => {
      const due = held('2026-06-10T09:00Z', { rounds, phone }).occurrences[0]?.dueAt;
      return (due! - at('2026-06-10T09:00Z')) / minuteMs;
    });

  it('is tried again the same day, under another id', () => {
    const made = held('2026-06-10T09:00Z');
    expect(made.occurrences).toMatchObject([{ date: '2026-06-10', held: 'postponed' }]);
    expect(made.occurrences[0]?.commandId).not.toBe(
      held('2026-06-10T09:00Z', { rounds: 2 }).occurrences[0]?.commandId,
    );
  });

  it('has a moment of its own for that, from five minutes later to thirty, so that those of all are spread', () => {
    const minutes = minutesLater(1);
    for (let from = 5; from < 30; from += 5) {
      const many = minutes.filter((each) => from <= each && each < from + 5).length;
      expect([from, many > 150 && many < 250]).toEqual([from, true]);
    }
  });

  it('has another place among all in the next round', () => {
    const [first, second] = [minutesLater(1), minutesLater(2)];
    const lateTwice = phones.filter((_, index) => first[index]! > 25 && second[index]! > 25);
    expect(lateTwice.length).toBeLessThan(80);
  });

  it('waits for the next day when the window closes first', () =>
    expect(next(held('2026-06-10T20:56Z'))).toBe('2026-06-11T09:00Z'));
});

it('a drill whose window closed while its text waited has expired, and the next is tomorrow’s', () => {
  const standing = trainee('UTC', { lastStartAt: at('2026-06-09T20:50Z') });
  const made = plan(standing, schedule({ ...day, time: '20:50' }), at('2026-06-10T21:10Z'));
  expect(made.passed).toMatchObject([{ nominal: '2026-06-10', reason: 'expired' }]);
  expect(next(made)).toBe('2026-06-11T20:50Z');
});
