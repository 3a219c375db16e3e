import type { LocalDate } from '@stopcovid/calendar';
import { completed, event } from '../tracker.testkit';
import { scoresOf, type RunScores } from '../progress/run-score';
import { runOf } from './figures.testkit';
import type { DrillRun } from '../progress/drill-run';
import type { GroupKey, ListedRuns, RunFigures, RunFilter, RunPlace } from './run-figures';

const answered = event('PromptCompleted');
const cutOff = event('DrillAbandoned', { reason: 'optedOut' });
const done = [answered, completed('one')];

const people = (): readonly DrillRun[] => [
  runOf({ account: { unitId: 'kitchen', labels: ['night', 'new'] }, passMark: 80, later: done }),
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
    [{ employers: ['acme', 'nobody'] }, 3],
    [{ employers: ['nobody'] }, 0],
    [{ employers: ['nobody'], employerId: 'acme' }, 0],
    [{ employers: ['acme'], label: 'night' }, 2],
    [{ label: 'night' }, 2],
    [{ unitId: 'kitchen', label: 'night' }, 1],
    [{ language: 'es', drill: 'one', reason: 'registered', revision: 'a'.repeat(64) }, 1],
    [{ from: '2026-03-02' as never, until: '2026-03-04' as never }, 2],
    [{ until: '2026-03-01' as never }, 0],
  ])('takes those of %j', async (filter, many) => {
    const found: DrillRun[] = [];
    for await (const run of figures.runs(filter, 'whole')) found.push(run);
    expect(found).toHaveLength(many);
    const groups = await figures.counts(filter, []);
    expect(groups.map(({ counts }) => counts.assigned)).toEqual(many === 0 ? [] : [many]);
  });

  const running = async (filter: RunFilter, after?: RunPlace) => {
    const found: (readonly [string, string | undefined])[] = [];
    for await (const { groups } of figures.inOrder({ ...filter, status: 'running' }, 'whole', after))
      found.push([groups?.day ?? '', groups?.unitId]);
    return found;
  };

  it('gives those that still go on, by the day of their start', async () => {
    await expect(running({})).resolves.toEqual([
      ['2026-03-01', 'bar'],
      ['2026-03-02', 'kitchen'],
    ]);
    await expect(running({ unitId: 'kitchen' })).resolves.toEqual([['2026-03-02', 'kitchen']]);
  });

  it('gives of some employers those of their trainees alone', async () => {
    await expect(running({ employers: ['acme'] })).resolves.toEqual(await running({ employerId: 'acme' }));
    await expect(running({ employers: ['nobody'], employerId: 'acme' })).resolves.toEqual([]);
  });

  it('goes on after a run that it gave, also within a day', async () => {
    const day = '2026-03-01' as LocalDate;
    await expect(running({}, { day, runId: '' })).resolves.toHaveLength(2);
    await expect(running({}, { day, runId: 'z' })).resolves.toEqual([['2026-03-02', 'kitchen']]);
    await expect(running({}, { day: '2026-03-02' as LocalDate, runId: 'z' })).resolves.toEqual([]);
  });

  it('gives them all in that order, and begins at a run or after it', async () => {
    const listed = async (from?: RunPlace) => {
      const found: RunPlace[] = [];
      for await (const { groups, runId } of figures.inOrder({}, 'list', from))
        found.push({ day: groups?.day as LocalDate, runId });
      return found;
    };
    const all = await listed();
    expect(all.map(({ day }) => day)).toEqual(['01', '01', '02', '03', '04'].map((day) => `2026-03-${day}`));
    for (const [place, run] of all.entries()) {
      await expect(listed(run)).resolves.toEqual(all.slice(place + 1));
      await expect(listed({ ...run, included: true })).resolves.toEqual(all.slice(place));
    }
  });

  it('tells of each in a list what its replies come to', async () => {
    const told = new Map<string, RunScores>();
    for await (const { runId, scores } of figures.inOrder({}, 'list')) told.set(runId, scores);
    const whole = new Map<string, RunScores>();
    for await (const run of figures.runs({}, 'whole')) whole.set(run.runId, scoresOf(run));
    expect(told).toEqual(whole);
    expect([...told.values()]).toContainEqual({ score: { right: 1, of: 1 }, right: 1, passed: true });
  });

  it('lists what changed since a moment, with it and with what was replaced then', async () => {
    const changed = async (since: string, filter: ListedRuns = {}) => {
      const found: unknown[] = [];
      const listed = figures.inOrder({ ...filter, changedSince: new Date(since) }, 'answers');
      for await (const { changedAt, superseded } of listed)
        found.push([changedAt?.toISOString().slice(0, 10), superseded ?? false]);
      return found;
    };
    await expect(changed('2026-03-03T10:00:00Z')).resolves.toEqual([
      ['2026-03-03', false],
      ['2026-03-04', false],
      ['2026-03-05', false],
    ]);
    await expect(changed('2026-03-03T10:00:01Z')).resolves.toHaveLength(2);
    await expect(changed('2026-03-01', { employerId: 'other', status: 'running' })).resolves.toEqual([]);
    const all = await changed('2026-03-01');
    expect(all).toHaveLength(6);
    expect(all).toContainEqual(['2026-03-02', true]);
  });

  const replied = async (filter: RunFilter, ...by: readonly GroupKey[]) => {
    const found: string[] = [];
    for await (const { name, phone, day } of figures.replyDays(filter, by))
      found.push([day, ...by.map((key) => name[key]), phone.slice(0, 5)].join());
    return found.sort();
  };

  it('tells who replied on which day, in repeats and replaced runs too, and in no demonstration', () =>
    expect(replied({})).resolves.toEqual([
      '2026-03-02,+1202',
      '2026-03-02,+1202',
      '2026-03-02,+1202',
      '2026-03-03,+1202',
      '2026-03-05,+1202',
    ]));

  it('tells of some employers the replies of their trainees alone', async () => {
    await expect(replied({ employers: ['acme'] })).resolves.toEqual(await replied({ employerId: 'acme' }));
    await expect(replied({ employers: ['nobody'], employerId: 'acme' })).resolves.toEqual([]);
  });

  it('tells of a trainee with two labels in both groups, of the days asked for alone', async () => {
    const days = { from: '2026-03-02' as LocalDate, until: '2026-03-03' as LocalDate };
    await expect(replied({ ...days, unitId: 'kitchen' }, 'label')).resolves.toEqual([
      '2026-03-02,new,+1202',
      '2026-03-02,night,+1202',
    ]);
    await expect(replied({ label: 'night', employerId: 'acme' }, 'employerId')).resolves.toEqual([
      '2026-03-02,acme,+1202',
    ]);
    await expect(replied({ from: '2026-03-06' as LocalDate })).resolves.toEqual([]);
  });

  it('adds up the questions that were put and answered', async () => {
    const [group] = await figures.counts({ unitId: 'kitchen' }, []);
    expect(group?.counts).toMatchObject({ reached: 2, answered: 2 });
  });

  it('adds up scores of completed runs', async () => {
    const [group] = await figures.counts({}, []);
    expect(group?.counts).toMatchObject({ scored: 2, points: 20_000, marked: 1, passed: 1 });
  });

  it('says of each group how many trainees, runs and completed runs it has, and its last day', async () => {
    const told = await figures.extents({}, ['employerId']);
    expect(told.map(({ name: { employerId }, ...extent }) => [employerId, extent])).toEqual(
      expect.arrayContaining([
        ['acme', { trainees: 3, runs: 3, completed: 1, lastDay: '2026-03-02' }],
        ['other', { trainees: 1, runs: 1, completed: 0, lastDay: '2026-03-03' }],
        [null, { trainees: 1, runs: 1, completed: 1, lastDay: '2026-03-04' }],
      ]),
    );
    expect(told).toHaveLength(3);
    await expect(figures.extents({ employers: ['nobody'] }, ['employerId'])).resolves.toEqual([]);
  });

  it('gives a run whole', async () => {
    const found: DrillRun[] = [];
    for await (const run of figures.runs({ employerId: 'acme', unitId: 'kitchen', label: 'new' }, 'whole'))
      found.push(run);
    expect(found).toEqual(
      [people()[0]].map((run) => ({ ...run, runId: found[0]?.runId, phone: found[0]?.phone })),
    );
  });
};
