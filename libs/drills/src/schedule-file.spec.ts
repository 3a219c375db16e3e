import { lintFiles } from './lint';
import { formatProblem } from './problem';

const drills = [
  { path: 'course.yaml', text: 'drills: [hands]\n' },
  { path: 'hands.yaml', text: 'languages: [en]\ntitle: Hands\nprompts:\n  - { slug: bye, messages: Bye }\n' },
];

const lint = (text: string) => lintFiles([...drills, { path: 'schedule.yaml', text }]);
const said = (text: string): readonly string[] => lint(text).problems.map(formatProblem);

describe('the schedule beside the course', () => {
  it('is no drill, and comes with the catalogue', () => {
    const { catalogue, problems } = lint("days: [mon, fri]\ntime: '09:30'\n");
    expect(problems).toEqual([]);
    expect(catalogue?.schedule).toEqual({ days: ['mon', 'fri'], time: '09:30' });
    expect([...(catalogue?.revisions.keys() ?? [])]).toEqual(['hands']);
  });

  it('is not needed', () => expect(lintFiles(drills).catalogue).not.toHaveProperty('schedule'));

  it('makes another catalogue when it changes', () =>
    expect(lint("time: '09:30'\n").catalogue?.version).not.toBe(lint("time: '09:31'\n").catalogue?.version));

  it.each([
    ['days: [mon, someday]\n', /schedule\.yaml:1:13 error bad-value must be one of mon/],
    ['day: [mon]\n', /1:6 error unknown-field 'day' is not a field here \(did you mean 'days'\?\)/],
    ["\ntime: '25:00'\n", /2:7 error bad-value '25:00' is not a time/],
    [
      "window: { opens: '09:00', closes: '09:00' }\n",
      /1:\d+ error bad-value the window closes when it opens/,
    ],
    ["window: { opens: '09:00', close: '21:00' }\n", /error unknown-field 'close'.*did you mean 'closes'/],
    ["blackoutDates: ['2026-02-30']\n", /error bad-value there is no 2026-02-30/],
    ['reminders: [24, 4]\n', /error bad-value is out of order/],
    ['zone: EST\n', /error bad-value 'EST' is an abbreviation/],
    ["zone: '+05:30'\n", /error bad-value '\+05:30' is an offset/],
    ['- mon\n', /1:1 error wrong-type/],
    ["window: { opens: '08:00', closes: '06:00' }\n", /warning schedule-unlikely .*22 h; did you mean 18\?/],
    ["time: '07:00'\nwindow: { opens: '09:00', closes: '20:00' }\n", /1:7 warning schedule-unlikely/],
  ])('says of %j what is wrong, and where', (text, problem) =>
    expect(said(text).join('\n')).toMatch(problem),
  );
});
