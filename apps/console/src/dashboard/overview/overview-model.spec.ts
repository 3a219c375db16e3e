import type { Completion, CompletionLine } from '../answers';
import {
  drillRows,
  footnote,
  mostPeriods,
  overviewSentence,
  periodsOf,
  rowsTable,
  scoreWords,
  tilesOf,
  trendSentence,
  trendTable,
  unitRows,
} from './overview-model';

const figures = (assigned: number, started: number, completed: number): Completion => ({
  assigned,
  started,
  completed,
  due: assigned,
  onTime: completed,
  optedOut: 0,
  passed: { count: 0, of: 0, share: null, interval: null },
  score: { of: 0, mean: null },
});
const week = (name: string, ...counts: readonly [number, number, number]): CompletionLine => ({
  ...figures(...counts),
  group: { week: name },
});

describe('the overview', () => {
  it('says of each figure what it is of', () =>
    expect(tilesOf({ ...figures(40, 30, 20), due: 10, onTime: 5, optedOut: 2 })).toEqual([
      { name: 'Assigned', value: '40', of: 'drills that began, demonstrations left out' },
      { name: 'Started', value: '75%', of: '30 of 40 assigned', share: 0.75 },
      { name: 'Completed', value: '50%', of: '20 of 40 assigned', share: 0.5 },
      { name: 'On time', value: '50%', of: '5 of 10 due by the end of their day', share: 0.5 },
      { name: 'Opted out', value: '5%', of: '2 of 40 assigned', share: 0.05 },
    ]));

  it.each([
    [figures(0, 0, 0), 'No drill has begun here yet.'],
    [figures(1, 1, 0), '0 of 1 drill completed. Shares are shown from 5 drills on.'],
    [figures(1200, 1000, 900), '900 of 1,200 drills completed: 75%.'],
  ])('says where things stand, also when there is hardly anything', (total, said) =>
    expect(overviewSentence(total)).toBe(said),
  );

  it('says no share where too few are behind it', () =>
    expect(tilesOf(figures(1, 1, 1)).map(({ value }) => value)).toEqual([
      '1',
      '1 of 1',
      '1 of 1',
      '1 of 1',
      '0 of 1',
    ]));

  it('says so many of so many once', () =>
    expect(tilesOf(figures(1, 1, 1))[2]).toMatchObject({ value: '1 of 1', of: 'of the assigned' }));
});

describe('completion over time', () => {
  const lines = [week('2026-W12', 10, 9, 9), week('2026-W10', 10, 6, 4)];

  it('has the weeks in order, those in which nothing began among them', () =>
    expect(periodsOf(lines, 'week')).toMatchObject([
      { day: '2026-03-02', label: '2 Mar', completed: 4, begun: 2, untouched: 4 },
      { day: '2026-03-09', assigned: 0 },
      { day: '2026-03-16', completed: 9, begun: 0, untouched: 1 },
    ]));

  it('ends with the last days where there are more than a screen has room for', () => {
    const far = [
      { ...figures(1, 1, 1), group: { day: '2020-01-01' } },
      { ...figures(1, 1, 1), group: { day: '2026-01-01' } },
    ];
    const periods = periodsOf(far, 'day');
    expect([periods.length, periods.at(-1)?.day]).toEqual([mostPeriods, '2026-01-01']);
  });

  it('says in a sentence what the columns show', () => {
    const periods = periodsOf(lines, 'week');
    expect(trendSentence(periods, 'week')).toBe(
      'By week, from 2 Mar 2026 to 16 Mar 2026: 13 of 20 drills completed. ' +
        'Best was the week of 16 Mar with 90%, weakest the week of 2 Mar with 40%.',
    );
    expect(trendSentence(periods.slice(0, 1), 'day')).toBe('On 2 Mar 2026: 4 of 10 drills completed.');
    expect(trendSentence([], 'week')).toBe('Nothing began in these days.');
  });

  it('has the same numbers as a table', () =>
    expect(trendTable(periodsOf(lines, 'week'), 'week')).toEqual({
      name: 'completion-by-week',
      columns: ['Week of', 'Assigned', 'Started', 'Completed', 'Share completed'],
      rows: [
        ['2026-03-02', 10, 6, 4, '40%'],
        ['2026-03-09', 0, 0, 0, '–'],
        ['2026-03-16', 10, 9, 9, '90%'],
      ],
    }));
});

describe('the lists of an overview', () => {
  it('have units under their employers, those with the most drills first, and a file of the same', () => {
    const rows = unitRows([
      { ...figures(1, 0, 0), group: { employerId: 'acme', unitId: null } },
      { ...figures(3, 2, 1), group: { employerId: 'acme', unitId: 'bar' } },
    ]);
    expect(rowsTable('units', 'Unit', rows)).toMatchObject({
      columns: [
        ...['Employer', 'Unit', 'Assigned', 'Started', 'Completed', 'On time', 'Due', 'Opted out'],
        ...['Passed', 'With a pass mark', 'Mean score'],
      ],
      rows: [
        ['acme', 'bar', 3, 2, 1, 1, 3, 0, 0, 0, null],
        ['acme', '(no unit)', 1, 0, 0, 0, 1, 0, 0, 0, null],
      ],
    });
  });

  it('have drills by their names', () => {
    const lineOf = (drill: string): CompletionLine => ({ ...figures(1, 1, 1), group: { drill } });
    const rows = drillRows([lineOf('masks'), lineOf('hand-washing')]);
    expect(rows.map(({ name }) => name)).toEqual(['Hand washing', 'Masks']);
    expect(rowsTable('drills', 'Drill', rows).columns[0]).toBe('Drill');
  });

  it('say which days and whose units they count', () =>
    expect(footnote({ days: 'local days', attribution: 'unit is that of the start' })).toBe(
      'Days are local days. The unit is that of the start.',
    ));
});

describe('scores in the overview', () => {
  const scored = {
    ...figures(40, 30, 20),
    passed: { count: 3, of: 4, share: 0.75, interval: null },
    score: { of: 20, mean: 0.815 },
  };

  it('stand beside the others where something is graded, and who passed where there is a mark', () => {
    expect(tilesOf(scored).slice(-2)).toEqual([
      { name: 'Score', value: '82%', of: 'right at the first attempt, mean of 20 runs', share: 0.815 },
      { name: 'Passed', value: '3 of 4', of: 'of the completed with a pass mark', share: 0.75 },
    ]);
    expect(scoreWords(scored)).toBe('score 82%, 3 of 4 passed');
    expect(scoreWords(figures(1, 1, 1))).toBe('');
  });

  it('are not told of a few', () =>
    expect(tilesOf({ ...scored, score: { of: 4, mean: 0.5 } }).at(-2)).toMatchObject({ value: '–' }));
});
