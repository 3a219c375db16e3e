import fc from 'fast-check';
import { at, date, minute, utc, zone } from './calendar.testkit';
import { addDays, addMonths, hourMs, instantOf, minuteMs, sameZone, tzVersion, wallClock } from './temporal';
import { weekdayOf } from './text';

const local = (where: string, day: string, time: string) =>
  utc(instantOf(zone(where), date(day), minute(time)));

describe('a local time becomes an instant', () => {
  it.each([
    [
      'New York skips 02:30 and it comes once, an hour on',
      'America/New_York',
      '2026-03-08',
      '02:30',
      '2026-03-08T07:30Z',
    ],
    [
      'New York has 01:30 twice and the first counts',
      'America/New_York',
      '2026-11-01',
      '01:30',
      '2026-11-01T05:30Z',
    ],
    ['nine by the wall before the change', 'America/New_York', '2026-03-07', '09:00', '2026-03-07T14:00Z'],
    [
      'nine by the wall after it, 23 hours later',
      'America/New_York',
      '2026-03-08',
      '09:00',
      '2026-03-08T13:00Z',
    ],
    ['Lord Howe skips half an hour', 'Australia/Lord_Howe', '2026-10-04', '02:10', '2026-10-03T15:40Z'],
    ['Casablanca before Ramadan', 'Africa/Casablanca', '2026-02-10', '09:00', '2026-02-10T08:00Z'],
    ['Casablanca in Ramadan', 'Africa/Casablanca', '2026-02-20', '09:00', '2026-02-20T09:00Z'],
    ['Casablanca after Ramadan', 'Africa/Casablanca', '2026-03-25', '09:00', '2026-03-25T08:00Z'],
    [
      'a Friday evening in Los Angeles is Saturday in UTC',
      'America/Los_Angeles',
      '2026-06-12',
      '18:00',
      '2026-06-13T01:00Z',
    ],
    ['Apia had no 30 December 2011', 'Pacific/Apia', '2011-12-30', '09:00', null],
    ['Apia had a 31 December 2011', 'Pacific/Apia', '2011-12-31', '09:00', '2011-12-30T19:00Z'],
  ])('%s', (_, where, day, time, instant) => expect(local(where, day, time)).toBe(instant));

  it('and back, wherever the clock shows that time at all', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(
          'America/New_York',
          'Australia/Lord_Howe',
          'Africa/Cairo',
          'Asia/Kathmandu',
          'Pacific/Apia',
          'UTC',
        ),
        fc.integer({ min: -3_000, max: 30_000 }),
        fc.integer({ min: 0, max: 1439 }),
        (name, days, time) => {
          const day = addDays(date('2011-06-01'), days);
          const instant = instantOf(zone(name), day, time);
          if (instant === null) return;
          const shown = wallClock(zone(name), instant);
          expect(shown.date).toBe(day);
          expect([0, 30, 60]).toContain(shown.minute - time);
        },
      ),
    ));
});

describe('an instant becomes what the clock shows', () => {
  it.each([
    ['America/New_York', '2026-03-08T06:59Z', '2026-03-08', '01:59'],
    ['America/New_York', '2026-03-08T07:00Z', '2026-03-08', '03:00'],
    ['America/New_York', '2026-03-09T03:30Z', '2026-03-08', '23:30'],
    ['America/New_York', '2026-11-01T05:30Z', '2026-11-01', '01:30'],
    ['America/New_York', '2026-11-01T06:30Z', '2026-11-01', '01:30'],
    ['Pacific/Apia', '2011-12-30T09:59Z', '2011-12-29', '23:59'],
    ['Pacific/Apia', '2011-12-30T10:00Z', '2011-12-31', '00:00'],
    ['Asia/Kathmandu', '2025-12-31T18:20Z', '2026-01-01', '00:05'],
    ['Asia/Kathmandu', '2026-01-01T00:00Z', '2026-01-01', '05:45'],
  ])('in %s at %s', (where, instant, day, time) =>
    expect(wallClock(zone(where), at(instant))).toEqual({ date: day, minute: minute(time) }),
  );

  it('as Intl says, at any minute in any zone of any country', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
        fc.integer({ min: at('2000-01-01T00:00Z') / minuteMs, max: at('2060-01-01T00:00Z') / minuteMs }),
        (name, minutes) => {
          const shown = wallClock(zone(name.includes('/') ? name : 'UTC'), minutes * minuteMs);
          const said = new Intl.DateTimeFormat('sv-SE', {
            timeZone: name,
            dateStyle: 'short',
            timeStyle: 'short',
          }).format(minutes * minuteMs);
          const time = `${Math.floor(shown.minute / 60)}`.padStart(2, '0');
          expect(`${shown.date} ${time}:${`${shown.minute % 60}`.padStart(2, '0')}`).toBe(said);
        },
      ),
    ));
});

describe('dates', () => {
  it('a month after 31 January is the end of February', () =>
    expect(addMonths(date('2026-01-31'), 1)).toBe('2026-02-28'));

  it('a day later is a calendar day, 24 hours later is not, when clocks change between', () => {
    const newYork = zone('America/New_York');
    const six = instantOf(newYork, date('2026-03-07'), minute('18:00')) ?? 0;
    expect(wallClock(newYork, six + 24 * 60 * minuteMs).minute).toBe(minute('19:00'));
    expect(utc(instantOf(newYork, addDays(date('2026-03-07'), 1), minute('18:00')))).toBe(
      '2026-03-08T22:00Z',
    );
  });

  it.each([
    ['2026-03-08', '2026-03-08T05:00Z', '2026-03-09T04:00Z', 23],
    ['2026-11-01', '2026-11-01T04:00Z', '2026-11-02T05:00Z', 25],
  ])('%s in New York is from %s to %s: %d hours', (day, from, to, hours) => {
    const newYork = zone('America/New_York');
    expect(utc(instantOf(newYork, date(day), 0))).toBe(from);
    expect(utc(instantOf(newYork, addDays(date(day), 1), 0))).toBe(to);
    expect((at(to) - at(from)) / hourMs).toBe(hours);
  });

  it('know their day of the week', () => {
    expect(weekdayOf(date('2026-11-28'))).toBe('sat');
    expect(weekdayOf(date('1969-12-31'))).toBe('wed');
  });
});

it('two names of one zone are the same zone', () => {
  expect(sameZone(zone('Asia/Kolkata'), zone('Asia/Calcutta'))).toBe(true);
  expect(sameZone(zone('Asia/Kolkata'), zone('Asia/Colombo'))).toBe(false);
});

it('the version of the zone data is known', () => expect(tzVersion).toMatch(/^20\d\d[a-z]$/));
