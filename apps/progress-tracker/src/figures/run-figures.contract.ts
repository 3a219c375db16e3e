import { completed, event } from '../tracker.testkit';
import { runOf } from './figures.testkit';
import type { DrillRun } from '../progress/drill-run';
import type { GroupKey, RunFigures, RunFilter } from './run-figures';

const answered = event('PromptCompleted');
const cutOff = event('DrillAbandoned', { reason: 'optedOut' });
const done = [answered, completed('one')];

const people = (): readonly DrillRun[] => [
  runOf({ account: { unitId: 'kitchen', labels: ['night', 'new'] }, later: done }),
  runOf({ account: { unitId: 'kitchen' }, later: [answered], day: 2 }),
  runOf({ account: { unitId: 'bar', labels: ['night'] }, language: 'es' }),
  runOf({ account: { employerId: 'other' }, later: [cutOff], day: 3 }),
  runOf({ account: { employerId: undefined }, later: done, day: 4 }),
  runOf({ demo: true, later: done }),
  { ...runOf({ later: done }), superseded: true },
  { ...runOf({ later: done }), repeatsOnly: true },
];

/** What every source of figures over runs must do. */
export const runFiguresContract = (open: (runs: readonly DrillRun[]) => Promise<RunFigures>): void => {
  let figures: RunFigures;
  beforeAll(async () => {
    figures = await open(people());
  });

  const counted = async (filter: RunFilter, ...by: readonly GroupKey[]) =>
    (await figures.counts(filter, by))
      .map(({ name, counts }) => [
        by.map((key) => name[key]).join(),
        counts.assigned,
        counts.started,
        counts.completed,
        counts.optedOut,
      ])
      .sort();

  it('counts runs as far as they came, without demonstrations, repeats and what was replaced', () =>
    expect(counted({})).resolves.toEqual([['', 5, 3, 2, 1]]));

  it('counts nobody as done on time who was done on a later day', async () => {
    const [group] = await figures.counts({}, []);
    expect(group?.counts).toMatchObject({ due: 5, onTime: 0, sent: 5 });
  });

  it.each<[GroupKey, unknown]>([
    [
      'employerId',
      [
        ['', 1, 1, 1, 0],
        ['acme', 3, 2, 1, 0],
        ['other', 1, 0, 0, 1],
      ],
    ],
    [
      'label',
      [
        ['', 3, 2, 1, 1],
        ['new', 1, 1, 1, 0],
        ['night', 2, 1, 1, 0],
      ],
    ],
    [
      'language',
      [
        ['en', 4, 3, 2, 1],
        ['es', 1, 0, 0, 0],
      ],
    ],
    [
      'day',
      [
        ['2026-03-01', 2, 1, 1, 0],
        ['2026-03-02', 1, 1, 0, 0],
        ['2026-03-03', 1, 0, 0, 1],
        ['2026-03-04', 1, 1, 1, 0],
      ],
    ],
  ])('groups them by %s', (key, groups) => expect(counted({}, key)).resolves.toEqual(groups));

  it('groups them by several keys', () =>
    expect(counted({ employerId: 'acme' }, 'employerId', 'unitId')).resolves.toEqual([
      ['acme,bar', 1, 0, 0, 0],
      ['acme,kitchen', 2, 2, 1, 0],
    ]));

  it.each<[RunFilter, number]>([
    [{ employerId: 'acme' }, 3],
    [{ employerId: 'nobody' }, 0],
    [{ label: 'night' }, 2],
    [{ unitId: 'kitchen', label: 'night' }, 1],
    [{ language: 'es', drill: 'one', reason: 'registered', revision: 'a'.repeat(64) }, 1],
    [{ from: '2026-03-02' as never, until: '2026-03-04' as never }, 2],
    [{ until: '2026-03-01' as never }, 0],
  ])('takes those of %j', async (filter, many) => {
    const found: DrillRun[] = [];
    for await (const run of figures.runs(filter)) found.push(run);
    expect(found).toHaveLength(many);
    const groups = await figures.counts(filter, []);
    expect(groups.map(({ counts }) => counts.assigned)).toEqual(many === 0 ? [] : [many]);
  });

  it('gives a run whole', async () => {
    const found: DrillRun[] = [];
    for await (const run of figures.runs({ employerId: 'acme', unitId: 'kitchen', label: 'new' }))
      found.push(run);
    expect(found).toEqual(
      [people()[0]].map((run) => ({ ...run, runId: found[0]?.runId, phone: found[0]?.phone })),
    );
  });
};
