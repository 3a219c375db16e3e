import { phoneSchema, type DecodedBatch, type DialogEvent, type Trainee } from '@stopcovid/contracts';
import { batchOf, completed, event, registered, started } from '../tracker.testkit';
import { completionTable } from './completion-table';
import { figuresAfter } from './read.testkit';

type Happened = readonly [at: string, events: readonly DialogEvent[], unitId?: string];

/** What happened to one person, in the morning of a day in UTC, in unit U unless it says otherwise. */
const personOf =
  (trainee: Partial<Trainee> = {}) =>
  (happened: readonly Happened[], index: number): readonly DecodedBatch[] =>
    happened.map(([day, events, unitId = 'U'], before) =>
      batchOf(
        before + 1,
        events.map((each) =>
          'runId' in each ? { ...each, runId: `${each.runId}-${index}` as never } : each,
        ),
        {
          phone: phoneSchema.parse(`+1202555${1_000 + index}`),
          at: `${day}T10:00:00.000Z`,
          trainee: {
            ...registered,
            profile: { ...registered.profile, timeZone: 'UTC' },
            account: { employerId: 'acme', unitId },
            ...trainee,
          },
        },
      ),
    );

const begins: Happened = ['2026-03-02', [started('one')]];
const answered = event('PromptCompleted');
const done = [answered, completed('one')];
const stops = [event('TraineeOptedOut'), event('DrillAbandoned', { reason: 'optedOut' })];
const demo = { registration: { code: 'X', demo: true, at: '2026-03-01T09:00:00.000Z' } } as Partial<Trainee>;

const unitsAfter = async (batches: readonly DecodedBatch[]) =>
  (await completionTable(await figuresAfter(batches), {}, ['unit'])).lines;

describe('a unit', () => {
  const people: readonly (readonly Happened[])[] = [
    [begins, ['2026-03-02', done]],
    [begins, ['2026-03-03', done]],
    [begins, ['2026-03-02', [answered]]],
    [begins],
    [begins, ['2026-03-02', stops]],
    [begins, ['2026-03-02', [answered]], ['2026-03-02', stops]],
    [begins, ['2026-03-02', done], ['2026-03-03', [event('TraineeUpdated')], 'V']],
  ];
  const batches = [
    ...people.flatMap(personOf()),
    ...personOf(demo)([begins, ['2026-03-02', done]], people.length),
  ];

  it('has who began in it: on time, late, started, sent, opted out before and amid, and moved since', async () => {
    const lines = await unitsAfter(batches);
    expect(lines).toMatchObject([
      {
        group: { employerId: 'acme', unitId: 'U' },
        assigned: 7,
        started: 5,
        completed: 3,
        ofAssigned: { count: 3, of: 7, share: 3 / 7 },
        ofStarted: { count: 3, of: 5, share: 0.6 },
        withoutOptedOut: { count: 3, of: 5, share: 0.6 },
        onTimeOfDue: { count: 2, of: 7 },
      },
    ]);
    expect(lines).toHaveLength(1);
  });
});

describe('a completion', () => {
  const history: readonly Happened[] = [
    begins,
    ['2026-03-02', done],
    ['2026-03-03', [event('TraineeRegistered')]],
    ['2026-03-04', [event('TraineeUpdated')], 'V'],
  ];
  const counted = async (many: number) => {
    const figures = await figuresAfter(personOf()(history.slice(0, many), 0));
    const { lines } = await completionTable(figures, {}, ['unit', 'day']);
    return lines.map(({ group, completed: count }) => [group, count]);
  };

  it('counts on the day and in the unit of its run', () =>
    expect(counted(2)).resolves.toEqual([[{ employerId: 'acme', unitId: 'U', day: '2026-03-02' }, 1]]));

  it.each([
    ['when the trainee registers anew', 3],
    ['when they move then', 4],
  ])('counts no more %s', (_when, many) => expect(counted(many)).resolves.toEqual([]));

  it('comes to the same once more from the start of the log', async () => {
    const batches = personOf()(history, 0);
    const slice = { back: 0, ahead: 1, diesAfter: null };
    const [live, rebuilt] = await Promise.all([
      figuresAfter(batches, [slice, slice, slice, { ...slice, diesAfter: 1 }]),
      figuresAfter(batches),
    ]);
    expect(await live.counts({}, ['day'])).toEqual(await rebuilt.counts({}, ['day']));
  });

  it('keeps the history of its unit when the trainee moves', async () => {
    const moves = [...history.slice(0, 2), ...history.slice(3)];
    expect(await unitsAfter(personOf()(moves, 0))).toMatchObject([{ group: { unitId: 'U' }, completed: 1 }]);
  });
});
