import { completed, event } from '../tracker.testkit';
import { completionTable } from './completion-table';
import { runOf } from './figures.testkit';
import { inMemoryRunFigures } from './in-memory-run-figures';
import type { Grouping } from './lines';

const done = [event('PromptCompleted'), completed('one')];
const runs = [
  runOf({ account: { unitId: 'bar', labels: ['new', 'night'] }, day: 1, sameDay: true, later: done }),
  runOf({ account: { unitId: 'bar' }, day: 2 }),
  runOf({ account: { employerId: 'other', unitId: 'bar' }, day: 27, later: done }),
];
const table = (...by: readonly Grouping[]) =>
  completionTable(
    inMemoryRunFigures(() => runs),
    {},
    by,
  );

describe('a table of completion', () => {
  it.each<[Grouping, unknown]>([
    ['employer', [{ employerId: 'acme' }, { employerId: 'other' }]],
    [
      'unit',
      [
        { employerId: 'acme', unitId: 'bar' },
        { employerId: 'other', unitId: 'bar' },
      ],
    ],
    ['label', [{ label: 'new' }, { label: 'night' }, { label: null }]],
    ['day', [{ day: '2026-03-01' }, { day: '2026-03-02' }, { day: '2026-03-27' }]],
    ['week', [{ week: '2026-W09' }, { week: '2026-W10' }, { week: '2026-W13' }]],
    ['month', [{ month: '2026-03' }]],
  ])('has a line for each %s, in order', async (grouping, lines) =>
    expect((await table(grouping)).lines.map(({ group }) => group)).toEqual(lines),
  );

  it('crosses what it is grouped by', async () =>
    expect((await table('month', 'employer')).lines).toMatchObject([
      { group: { employerId: 'acme', month: '2026-03' }, assigned: 2, completed: 1, onTime: 1 },
      { group: { employerId: 'other', month: '2026-03' }, assigned: 1, completed: 1, onTime: 0 },
    ]));

  it('says who passed, of those with a pass mark, and the mean score', async () => {
    const [good, bad, unmarked] = [
      runOf({ passMark: 80, later: done }),
      runOf({ passMark: 80, later: [event('PromptFailed'), completed('one')] }),
      runOf({ later: done }),
    ];
    const { total } = await completionTable(
      inMemoryRunFigures(() => [good, bad, unmarked, runOf({ passMark: 80 })]),
      {},
      [],
    );
    expect(total).toMatchObject({ passed: { count: 1, of: 2 }, score: { of: 3, mean: 2 / 3 } });
  });

  it('has no mean score where nothing was graded', async () =>
    expect(
      (
        await completionTable(
          inMemoryRunFigures(() => []),
          {},
          [],
        )
      ).total,
    ).toMatchObject({
      passed: { count: 0, of: 0, share: null },
      score: { of: 0, mean: null },
    }));

  it('counts a run of two labels once in the total', async () =>
    expect((await table('label')).total).toMatchObject({
      assigned: 3,
      completed: 2,
      ofAssigned: { count: 2, of: 3, share: 2 / 3 },
    }));

  it.each<[number, readonly Grouping[]]>([
    [1, []],
    [1, ['employer', 'day']],
    [2, ['employer', 'label']],
  ])('asks %d times for its lines and its total: by %p', async (times, by) => {
    const figures = inMemoryRunFigures(() => runs);
    let asked = 0;
    const counts: typeof figures.counts = (...question) => {
      asked += 1;
      return figures.counts(...question);
    };
    const { total } = await completionTable({ ...figures, counts }, {}, by);
    expect([asked, total]).toEqual([times, (await table()).total]);
  });

  it('has no lines and no rates where there is nothing', async () =>
    expect(
      await completionTable(
        inMemoryRunFigures(() => []),
        {},
        ['day'],
      ),
    ).toMatchObject({ lines: [], total: { assigned: 0, ofAssigned: { share: null } } }));
});
