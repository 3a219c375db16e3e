import { z } from 'zod';
import { settings } from './calendar.testkit';
import {
  compileSchedule,
  defaultSchedule,
  mergeSchedules,
  scheduleSettingsSchema,
  scheduleWarnings,
  type ScheduleField,
} from './schedule';

const problems = (given: unknown): readonly string[] =>
  (scheduleSettingsSchema.safeParse(given).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

describe('schedule settings', () => {
  it('may say everything', () =>
    expect(
      problems({
        days: ['mon', 'wed'],
        time: '19:30',
        window: { opens: '08:00', closes: '24:00' },
        windows: { wed: { opens: '22:00', closes: '06:00' } },
        spreadMinutes: 60,
        reminders: [4, 24, 24],
        repeats: { afterDays: [1, 3, 7], retireAfter: 2 },
        unfinished: { expireAfterDays: 3 },
        minGapHours: 12,
        blackoutDates: ['2026-12-25'],
        start: '2026-01-01',
        end: 'none',
        zone: 'America/New_York',
      }),
    ).toEqual([]));

  it('may say nothing, or switch off', () => {
    expect(problems({})).toEqual([]);
    expect(
      problems({ time: 'none', reminders: [], repeats: 'off', unfinished: 'wait', zone: 'none' }),
    ).toEqual([]);
  });

  it.each([
    ['a time of another clock', { time: '7:30pm' }, /^time: .*24-hour clock, such as "09:00"/],
    [
      'a time that YAML read as a number',
      { window: { opens: 540, closes: '21:00' } },
      /^window\.opens: .*in quotes/,
    ],
    ['a time after the day', { window: { opens: '09:00', closes: '24:01' } }, /^window\.closes: '24:01'/],
    [
      'a window without length',
      { window: { opens: '09:00', closes: '09:00' } },
      /^window\.closes: .*give it a length/,
    ],
    ['a window that opens at the end', { window: { opens: '24:00', closes: '06:00' } }, /^window\.opens/],
    [
      'a window of a day without length',
      { windows: { sat: { opens: '09:00', closes: '09:00' } } },
      /^windows\.sat\.closes/,
    ],
    ['a day in full', { days: ['Monday'] }, /^days\.0: must be one of mon, tue/],
    ['no days', { days: [] }, /^days: name at least one day/],
    ['a day twice', { days: ['mon', 'mon'] }, /^days: names a day twice/],
    [
      'a date that does not exist',
      { blackoutDates: ['2026-02-30'] },
      /^blackoutDates\.0: there is no 2026-02-30/,
    ],
    ['a date of another order', { end: '12/25/2026' }, /^end: .*2026-12-25/],
    ['an abbreviated zone', { zone: 'EST' }, /^zone: 'EST' is an abbreviation/],
    ['a ladder out of order', { reminders: [24, 4] }, /^reminders: is out of order/],
    ['repeats out of order', { repeats: { afterDays: [3, 1], retireAfter: 2 } }, /repeats/],
    ['a field that we do not know', { quietHours: '21-8' }, /quietHours/],
  ])('may not say %s', (_, given, problem) => {
    expect(problems(given).length).toBeGreaterThan(0);
    expect(JSON.stringify(scheduleSettingsSchema.safeParse(given).error?.issues)).not.toBe('[]');
    expect(problems(given).join('\n')).toMatch(problem);
  });

  it('have a JSON Schema for editors', () => {
    const schema = z.toJSONSchema(scheduleSettingsSchema) as { properties: Record<string, unknown> };
    expect(Object.keys(schema.properties).sort()).toEqual(Object.keys(defaultSchedule).sort());
  });
});

describe('the schedule that applies', () => {
  it('takes each field from the closest level, and says from which', () => {
    const { settings: merged, from } = mergeSchedules({
      trainee: settings({ time: '19:30' }),
      unit: settings({ time: '08:00', spreadMinutes: 30 }),
      employer: settings({ spreadMinutes: 60, days: ['mon'] }),
      organisation: settings({ days: ['tue'], reminders: [2] }),
    });
    expect(merged).toMatchObject({ time: '19:30', spreadMinutes: 30, days: ['mon'], reminders: [2] });
    expect(from).toMatchObject({
      time: 'trainee',
      spreadMinutes: 'unit',
      days: 'employer',
      reminders: 'organisation',
      repeats: 'default',
    });
  });

  it('lets a closer level switch off what a further one switched on', () => {
    const merged = mergeSchedules({
      trainee: settings({ time: 'none', reminders: [] }),
      organisation: settings({ time: '09:00', reminders: [4], repeats: { afterDays: [1], retireAfter: 1 } }),
      unit: settings({ repeats: 'off' }),
    });
    expect(compileSchedule(merged, 'daily')).toMatchObject({ time: null, remindersMs: [], repeats: null });
  });

  it('knows where every field comes from', () =>
    expect(Object.keys(mergeSchedules({}).from).sort()).toEqual(
      (Object.keys(defaultSchedule) as ScheduleField[]).sort(),
    ));

  it('is the default where nobody says anything', () =>
    expect(mergeSchedules({}).settings).toEqual(defaultSchedule));
});

describe('warnings', () => {
  const of = (given: unknown) =>
    scheduleWarnings(mergeSchedules({ organisation: settings(given) })).map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );

  it('ask of a window from 8 to 6 whether 18 was meant', () => {
    expect(of({ window: { opens: '08:00', closes: '06:00' } })).toEqual([
      'window: the window is open for 22 h; did you mean 18?',
    ]);
    expect(of({ windows: { sat: { opens: '08:00', closes: '05:30' } } })).toEqual([
      'windows.sat: the window is open for 21.5 h; did you mean 17:30?',
    ]);
  });

  it('leave a night shift alone', () =>
    expect(of({ window: { opens: '20:00', closes: '06:00' } })).toEqual([]));

  it('name the days on which the time is outside the window', () =>
    expect(
      of({ days: ['mon', 'sun'], time: '22:00', windows: { sun: { opens: '12:00', closes: '23:00' } } }),
    ).toEqual(['time: 22:00 is outside the window on mon']));
});
