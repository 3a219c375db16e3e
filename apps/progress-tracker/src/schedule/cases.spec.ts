import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..', '..');
const calendar = 'libs/calendar/src';
const tracker = 'apps/progress-tracker/src';
const drill = `${tracker}/schedule/plan-drill.spec.ts`;
const reminder = `${tracker}/schedule/plan-reminder.spec.ts`;
const pause = `${tracker}/schedule/plan-pause.spec.ts`;
const message = `${tracker}/schedule/plan-message.spec.ts`;
const repeat = `${tracker}/schedule/repeats.spec.ts`;
const plan = `${tracker}/schedule/plan.spec.ts`;
const hours = `${calendar}/hours.spec.ts`;
const temporal = `${calendar}/temporal.spec.ts`;
const clock = `${tracker}/clock/clock.spec.ts`;
const drips = `${tracker}/clock/drips.spec.ts`;
const broadcast = `${tracker}/broadcasts/broadcast.spec.ts`;
const time = `${tracker}/clock/database-time.spec.ts`;

/** The hard cases of scheduling by their numbers, each with the tests that hold it: where they are, and their titles. */
const cases: readonly (readonly [number, string, ...(readonly [string, string])[]])[] = [
  [1, 'a time that the clock skips', [drill, 'once when the clock skips that time']],
  [2, 'a time that the clock shows twice', [drill, 'at the first of two when the clock shows it twice']],
  [3, 'nine by the wall, not 24 hours later', [drill, '23 hours after yesterday’s when clocks go forward']],
  [4, 'a window that opens in a gap', [hours, 'that opens in a gap releases at the first instant after it']],
  [5, 'a gap of half an hour', [drill, 'after a gap of half an hour']],
  [6, 'a day that begins at one', [hours, 'that opens at midnight opens at one where the day begins at one']],
  [7, 'a date that the zone left out', [drill, 'not on a date that the zone left out, and once on the next']],
  [8, 'Ramadan', [drill, 'in Ramadan'], [drill, 'after Ramadan'], [temporal, 'Casablanca before Ramadan']],
  [
    9,
    'zone data that change',
    [drill, 'derived anew from the date and time when zone data change, under the same id'],
    [clock, 'moves with zone data that change between planning and due, and comes once'],
  ],
  [
    10,
    'the ends of quiet hours',
    [hours, 'at 20:59:59 sends'],
    [hours, 'at 21:00:00 holds until morning'],
    [hours, 'at 08:00:00 sends'],
  ],
  [11, 'quiet hours over both changes', [hours, 'keeps quiet by the clock on the wall: %s']],
  [
    12,
    'a window from 8 to 6, or without length',
    [`${calendar}/schedule.spec.ts`, 'ask of a window from 8 to 6 whether 18 was meant'],
    [`${calendar}/schedule.spec.ts`, 'a window without length'],
    [`${tracker}/operations/schedules-api.spec.ts`, 'did you mean 18?'],
  ],
  [
    13,
    'Friday evening, Saturday in UTC',
    [drill, 'on a Friday evening in Los Angeles, though it is Saturday in UTC'],
  ],
  [14, 'a move east after today’s drill', [drill, 'east after today’s: tomorrow at nine there']],
  [
    15,
    'a move west before today’s drill',
    [drill, 'west before today’s: at nine there, once'],
    [clock, 'follows somebody who moves between planning and claim'],
  ],
  [
    16,
    'over the date line to yesterday',
    [drill, 'over the date line to where yesterday’s came on Monday: on Tuesday there'],
  ],
  [
    17,
    'over the date line to tomorrow',
    [drill, 'over the date line to where today’s came already: not before the day after'],
    [drill, 'never sooner than twelve hours after the last'],
  ],
  [
    18,
    'another time, before and after today’s drill',
    [drill, 'before today’s drill: today at the new time'],
    [drill, 'after today’s drill: tomorrow at the new time'],
  ],
  [
    19,
    'a schedule saved without a change',
    [drill, 'saved without a change, between its time and a trainee’s place in the spread: it loses nothing'],
  ],
  [20, 'a spread that the window cuts', [drill, 'is cut to the window, and the same every time']],
  [
    21,
    'clocks that jump',
    [time, 'is the database’s, whatever this process’s own clock does'],
    [time, 'stands still rather than going backwards'],
  ],
  [
    22,
    'down over the time of a drill',
    [plan, 'over the time of a drill, it still comes while the window is open'],
    [clock, 'spreads what an outage made late, each once and inside the window'],
  ],
  [
    23,
    'down over the end of the window',
    [plan, 'over the end of the window, that drill has expired on record, and the next comes at its time'],
    [clock, 'lets a day go whose window closed while it was down, and says so'],
  ],
  [24, 'down for three days', [plan, 'of three days there is one drill, the next of the course']],
  [25, 'two rungs overdue', [plan, 'one reminder of two that are due, and the interval runs anew from it']],
  [
    26,
    'an answer before quiet hours end',
    [reminder, 'is gone once the trainee has answered in the meantime'],
    [clock, 'reminds while a prompt is open, and not after an answer'],
  ],
  [
    27,
    '24 hours and one day',
    [temporal, 'a day later is a calendar day, 24 hours later is not, when clocks change between'],
    [reminder, 'is an exact number of hours after the last, also when clocks change between'],
  ],
  [
    28,
    'a million at nine',
    [`${tracker}/broadcasts/capacity.spec.ts`, 'a million segments in a window of twelve hours'],
    [broadcast, 'is refused when it cannot fit the window at the rate of the account'],
  ],
  [
    29,
    'a crash between publishing and advancing',
    [
      clock,
      'publishes the same id again after a crash between publishing and writing, and two owners at once do too',
    ],
    [
      `${tracker}/clock/clock.int.spec.ts`,
      'starts one drill, also after a crash before the write and by two owners at once',
    ],
  ],
  [
    30,
    'a backlog at the sender over the end of the window',
    [drill, 'a drill whose window closed while its text waited has expired, and the next is tomorrow’s'],
    [message, 'whose sender has a backlog goes on in the next window, as long as it is wanted'],
    ['libs/dialog-core/src/hold-back.spec.ts', 'out of hours, for its next window'],
    ['apps/sms-sender/src/outbox/hours.spec.ts', 'at the closing'],
  ],
  [
    31,
    'a pause of ten days',
    [pause, 'nothing is made up for: the next drill comes at its next time'],
    [pause, 'questions come again ten days later than they would have'],
  ],
  [
    32,
    'a stop between planning and claim',
    [clock, 'claims nothing for who has stopped or paused between planning and claim'],
  ],
  [
    33,
    'a zone that nobody knows',
    [hours, 'is when all of the United States may be texted, for a number from there'],
    [hours, 'shrinks with Guam'],
  ],
  [
    34,
    'a zone of Windows in an import',
    [`${tracker}/import/read-import.spec.ts`, 'Pacific Time (US & Canada)'],
  ],
  [
    35,
    'drips: the end of a month, a step that is past, an edited date',
    [drips, 'counts a month after 31 January to the end of February'],
    [drips, 'leaves out what was past at enrolment, and shows it'],
    [drips, 'moves what has not gone out with an edited date, and leaves alone what has'],
  ],
  [
    36,
    'nine by local time, to two groups',
    [broadcast, 'at nine by local time goes out there where it is nine, once for each phone'],
    [broadcast, 'leaves out whose nine o’clock is past, where that was chosen, and the preview says so'],
  ],
  [
    37,
    'a missed question',
    [repeat, 'is due on Tuesday, then on Friday, and is retired when it was right both times'],
    [repeat, 'and again on Friday is due on Saturday, or on Monday where Saturday is no delivery day'],
    [clock, 'asks what was missed again after a day and three more, where no drill is left'],
  ],
];

const rows = cases.map(([number, what, ...held]) => ({ number, what, held }));

it.each(rows)('case $number, $what, is held by a test', ({ held }) => {
  for (const [file, title] of held) expect(readFileSync(join(root, file), 'utf8')).toContain(title);
  expect(held.length).toBeGreaterThan(0);
});

it('no case is left out', () =>
  expect(cases.map(([number]) => number)).toEqual(Array.from({ length: 37 }, (_, index) => index + 1)));
