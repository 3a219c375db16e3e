import fc from 'fast-check';
import { at, date, hours, phone, utc, zone } from './calendar.testkit';
import { deliverySpans, nextOpening } from './hours';
import { placeIn, placeOfNumber, type Place } from './place';
import { hourMs, minuteMs, wallClock } from './temporal';
import { weekdayOf } from './text';

const newYork = placeIn(zone('America/New_York'));
const spans = (given: unknown, place: Place, day: string) =>
  deliverySpans(hours(given), place, date(day)).map(({ from, to }) => `${utc(from)}/${utc(to)}`);
const window = (opens: string, closes: string) => ({ window: { opens, closes } });

describe('a delivery window', () => {
  it.each([
    ['at 20:59:59 sends', '2026-06-11T00:59:59Z', '2026-06-11T00:59:59Z'],
    ['at 21:00:00 holds until morning', '2026-06-11T01:00:00Z', '2026-06-11T12:00Z'],
    ['at 08:00:00 sends', '2026-06-11T12:00:00Z', '2026-06-11T12:00Z'],
  ])('from 8 to 21 %s', (_, now, released) =>
    expect(utc(nextOpening(hours(window('08:00', '21:00')), newYork, at(now))!.at)).toBe(released),
  );

  it('that opens in a gap releases at the first instant after it', () =>
    expect(utc(nextOpening(hours(window('02:30', '21:00')), newYork, at('2026-03-08T06:00Z'))!.at)).toBe(
      '2026-03-08T07:00Z',
    ));

  it('that opens at midnight opens at one where the day begins at one', () =>
    expect(spans(window('00:00', '06:00'), placeIn(zone('Africa/Cairo')), '2026-04-24')[0]).toMatch(
      /^2026-04-23T22:00Z/,
    ));

  it.each([
    ['10 hours in March', '2026-03-08T02:00Z', '2026-03-08T12:00Z', 10],
    ['12 hours in November', '2026-11-01T01:00Z', '2026-11-01T13:00Z', 12],
  ])('keeps quiet by the clock on the wall: %s', (_, from, released, length) => {
    expect(utc(nextOpening(hours(window('08:00', '21:00')), newYork, at(from))!.at)).toBe(released);
    expect((at(released) - at(from)) / hourMs).toBe(length);
  });

  it('that wraps belongs to the day on which it opens', () => {
    const nights = { days: ['fri'], ...window('22:00', '06:00') };
    const utcPlace = placeIn(zone('UTC'));
    expect(spans(nights, utcPlace, '2026-06-12')).toEqual(['2026-06-12T22:00Z/2026-06-13T00:00Z']);
    expect(spans(nights, utcPlace, '2026-06-13')).toEqual(['2026-06-13T00:00Z/2026-06-13T06:00Z']);
    expect(spans(nights, utcPlace, '2026-06-14')).toEqual([]);
  });

  it('judges Friday evening in Los Angeles by its own weekday, though it is Saturday in UTC', () => {
    const workdays = hours({ days: ['mon', 'tue', 'wed', 'thu', 'fri'], ...window('09:00', '21:00') });
    const friday = at('2026-06-13T01:00Z');
    expect(nextOpening(workdays, placeIn(zone('America/Los_Angeles')), friday)?.at).toBe(friday);
  });

  it('has no time on a date that the zone left out', () =>
    expect(spans(window('09:00', '21:00'), placeIn(zone('Pacific/Apia')), '2011-12-30')).toEqual([]));

  it('may differ by weekday', () => {
    const given = { ...window('09:00', '21:00'), windows: { sun: { opens: '12:00', closes: '18:00' } } };
    expect(spans(given, placeIn(zone('UTC')), '2026-06-14')).toEqual(['2026-06-14T12:00Z/2026-06-14T18:00Z']);
  });

  it('stays shut on blackout dates, before the start and after the end', () => {
    const given = { blackoutDates: ['2026-12-25'], start: '2026-12-24', end: '2026-12-26' };
    const open = ['2026-12-23', '2026-12-24', '2026-12-25', '2026-12-26', '2026-12-27'].filter(
      (day) => spans(given, placeIn(zone('UTC')), day).length > 0,
    );
    expect(open).toEqual(['2026-12-24', '2026-12-26']);
  });

  it('that never opens again is said to be over', () =>
    expect(nextOpening(hours({ end: '2026-01-01' }), newYork, at('2026-06-01T00:00Z'))).toBeNull());

  it('is open exactly when the clock on the wall shows a time of it, over every change of the clocks', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(
          'America/New_York',
          'America/Havana',
          'Australia/Lord_Howe',
          'Africa/Cairo',
          'Pacific/Apia',
        ),
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 0, max: 366 * 24 * 60 }),
        (name, opens, closes, minutes) => {
          fc.pre(opens !== closes);
          const given = {
            windows: Object.fromEntries(
              ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, { opens, closes }]),
            ),
            blackoutDates: new Set<never>(),
            start: null,
            end: null,
          };
          const now = at('2011-03-01T00:00Z') + minutes * minuteMs;
          const { minute } = wallClock(zone(name), now);
          const open =
            opens < closes ? opens <= minute && minute < closes : opens <= minute || minute < closes;
          expect(nextOpening(given, placeIn(zone(name)), now)?.at === now).toBe(open);
        },
      ),
    ));
});

describe('the safe window of somebody whose zone nobody knows', () => {
  const july = (place: Place) => deliverySpans(hours(window('09:00', '21:00')), place, date('2026-07-14'));

  it('is when all of the United States may be texted, for a number from there', () => {
    const place = placeOfNumber(phone('+12025550143'));
    expect(place).not.toBeNull();
    expect(july(place!).map(({ from, to }) => [utc(from), utc(to)])).toEqual([
      ['2026-07-14T19:00Z', '2026-07-15T01:00Z'],
    ]);
  });

  it('shrinks with Guam', () => {
    const place = placeOfNumber(phone('+12025550143'));
    const [first, ...others] = place!.zones;
    const wider: Place = { name: '+1+GU', zones: [first, ...others, zone('Pacific/Guam')] };
    expect(july(wider).map(({ from, to }) => [utc(from), utc(to)])).toEqual([
      ['2026-07-14T23:00Z', '2026-07-15T01:00Z'],
    ]);
  });

  it("is the country's own for a number from elsewhere", () =>
    expect(placeOfNumber(phone('+33612345678'))?.zones).toEqual(['Europe/Paris']));

  it.each([
    ['+14165550143', 'America/Toronto'],
    ['+18765550143', 'America/Jamaica'],
    ['+77012345678', 'Asia/Almaty'],
  ])('knows that %s may be in %s', (number, name) =>
    expect(placeOfNumber(phone(number))?.zones).toContain(name),
  );

  it('is nowhere for a number that is from nowhere', () =>
    expect(placeOfNumber(phone('+88213300655'))).toBeNull());

  it('is inside the window in every one of the zones', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('+12025550143', '+5511987654321', '+61412345678', '+74951234567', '+34612345678'),
        fc.integer({ min: 0, max: 366 * 24 }),
        (number, hour) => {
          const given = hours({ days: ['mon', 'tue', 'wed', 'thu', 'fri'], ...window('09:00', '21:00') });
          const place = placeOfNumber(phone(number))!;
          const now = nextOpening(given, place, at('2026-01-01T00:00Z') + hour * hourMs)!.at;
          for (const name of place.zones) {
            const shown = wallClock(name, now);
            expect(['sat', 'sun']).not.toContain(weekdayOf(shown.date));
            expect(shown.minute).toBeGreaterThanOrEqual(540);
            expect(shown.minute).toBeLessThan(1260);
          }
        },
      ),
    ));
});
