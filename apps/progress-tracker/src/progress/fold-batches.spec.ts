import { eventTypes, type DecodedBatch, type DialogCommand } from '@stopcovid/contracts';
import { batchOf, completed, event, offering, registered, started } from '../tracker.testkit';
import { evolveRun, isOfRun } from './drill-run';
import { evolveProgress, type TraineeProgress } from './evolve-progress';
import { foldBatches } from './fold-batches';
import { followUps } from './follow-up';
import type { KnownProgress } from './progress-store';

const nothing: KnownProgress = { trainees: new Map(), runs: new Map() };
const course = offering('one', 'two');

const reads = (...batches: readonly DecodedBatch[]) =>
  batches.map((batch, index) => ({
    index,
    batch,
    position: { partition: 0, offset: String(batch.version) },
  }));

const known = (folded: ReturnType<typeof foldBatches>): KnownProgress => ({
  trainees: new Map(folded.trainees.map(({ next }) => [next.phone, next])),
  runs: new Map(folded.runs.map(({ next }) => [next.runId, next])),
});

const traineeAfter = (...batches: readonly DecodedBatch[]): TraineeProgress => {
  const [folded] = foldBatches(nothing, reads(...batches), course).trainees;
  if (!folded) throw new Error('nobody was folded');
  return folded.next;
};

const commandsOf = (batch: DecodedBatch, ...before: readonly DecodedBatch[]): readonly DialogCommand[] =>
  followUps(batch, traineeAfter(...before, batch), course);

describe('a projection', () => {
  it.each(eventTypes)('takes in %s', (type) => {
    const batch = batchOf(2, [event(type)]);
    const before = evolveProgress(undefined, batchOf(1, [started('one')]), { partition: 0, offset: '1' });
    expect(evolveProgress(before, batch, { partition: 0, offset: '2' }).version).toBe(2);
    const at = new Date(batch.at);
    const running = evolveRun(undefined, { event: started('one'), batch: batchOf(1, []), at });
    const told = event(type);
    if (isOfRun(told))
      expect(evolveRun(running, { event: told, batch, at })?.version).toBe(
        told.type === 'DrillStarted' ? 1 : 2,
      );
  });

  const repeatsOnly = { runId: 'again', repeatsOnly: true };
  const alone = event('DrillStarted', { drill: 'one', ...repeatsOnly });
  const learned = [batchOf(1, [started('one')]), batchOf(2, [completed('one')]), batchOf(3, [alone])];

  it.each([
    ['asked', []],
    ['answered', [completed('one', repeatsOnly)]],
    [
      'cut off by an opt-out',
      [event('DrillAbandoned', { drill: 'one', reason: 'optedOut', ...repeatsOnly })],
    ],
  ])('counts repeats alone as no run of their drill: %s', (_what, events) => {
    const after = traineeAfter(...learned, batchOf(4, events));
    expect(after.drills).toEqual([{ drill: 'one', started: 1, completed: 1 }]);
    expect(after.runningId).toBe(events.length === 0 ? 'again' : undefined);
  });

  it('follows a run from its start to its end', () => {
    const { runs } = foldBatches(
      nothing,
      reads(
        batchOf(1, [started('one')]),
        batchOf(2, [event('PromptFailed')]),
        batchOf(3, [event('PromptCompleted', { attempt: 2 }), event('PromptAdvanced'), completed('one')]),
      ),
      course,
    );
    expect(runs).toMatchObject([
      {
        readVersion: 0,
        next: {
          status: 'completed',
          version: 3,
          startedVersion: 1,
          right: 1,
          graded: 1,
          prompts: [
            { prompt: 'first', attempts: 2, correct: true, lastResponse: 'b' },
            { prompt: 'second', attempts: 0 },
          ],
        },
      },
    ]);
  });

  it('calls no answer wrong where none is right', () => {
    const lost = event('PromptFailed', { rule: 'NotANumber', graded: false, abandoned: true });
    const { runs } = foldBatches(nothing, reads(batchOf(1, [started('one'), lost])), course);
    expect(runs[0]?.next.prompts[0]).toMatchObject({ attempts: 1 });
    expect(runs[0]?.next.prompts[0]).not.toHaveProperty('correct');
  });

  it('keeps why a run ended first: one that an opt-out cut off was cut off, though it is not to go on', () => {
    const { runs } = foldBatches(
      nothing,
      reads(
        batchOf(1, [started('one')]),
        batchOf(2, [event('TraineeOptedOut'), event('DrillAbandoned', { reason: 'optedOut' })]),
        batchOf(3, [event('DrillAbandoned', { reason: 'operator' })]),
      ),
      course,
    );
    expect(runs[0]?.next).toMatchObject({
      version: 3,
      abandonedBecause: 'optedOut',
      endedAt: new Date('2026-03-02T10:00:00Z'),
    });
  });

  it('counts an unclear reply as none, but says what it was', () => {
    const unclear = event('ReplyUnclear', { response: 'a or b' });
    const { runs } = foldBatches(nothing, reads(batchOf(1, [started('one'), unclear])), course);
    expect(runs[0]?.next.prompts[0]).toMatchObject({ attempts: 0, lastResponse: 'a or b' });
    expect(runs[0]?.next.prompts[0]).not.toHaveProperty('correct');
  });

  it('includes a batch once, however often it comes', () => {
    const batches = [batchOf(1, [started('one')]), batchOf(2, [completed('one')])];
    const once = foldBatches(nothing, reads(...batches), course);
    const again = foldBatches(known(once), reads(...batches), course);
    expect(again).toEqual({ trainees: [], runs: [], commands: [], gaps: [] });
    expect(foldBatches(nothing, reads(...batches, ...batches), course).trainees).toEqual(once.trainees);
  });

  it('comes to the same when the runs were written before a crash, and the trainee was not', () => {
    const batches = [batchOf(1, [started('one')]), batchOf(2, [event('PromptCompleted'), completed('one')])];
    const whole = foldBatches(nothing, reads(...batches), course);
    const afterCrash = foldBatches({ ...known(whole), trainees: new Map() }, reads(...batches), course);
    expect(afterCrash.trainees).toEqual(whole.trainees);
    expect(afterCrash.runs).toEqual([]);
    expect(afterCrash.commands).toEqual(whole.commands);
  });

  it('counts no run any more once its trainee has registered anew', () => {
    const batches = [
      batchOf(1, [event('TraineeRegistered'), started('one')]),
      batchOf(2, [completed('one')]),
      batchOf(3, [event('TraineeRegistered')]),
      batchOf(4, [event('DrillStarted', { runId: 'run-again' })]),
    ];
    const marks = foldBatches(nothing, reads(...batches), course).runs.map(({ next }) => [
      next.runId,
      next.superseded,
      next.version,
    ]);
    expect(marks).toEqual([
      ['run-one', true, 3],
      ['run-again', undefined, 4],
    ]);
  });

  it('keeps one run of a drill that goes on after an opt-out, with all that was answered', () => {
    const goesOn = { runId: 'run-one', right: 1, graded: 1 };
    const batches = [
      batchOf(1, [started('one'), event('PromptCompleted'), event('PromptAdvanced')]),
      batchOf(2, [event('DrillAbandoned', { reason: 'optedOut' })]),
      batchOf(3, [event('DrillStarted', { runId: 'run-again', goesOn })]),
    ];
    const runs = new Map(
      foldBatches(nothing, reads(...batches), course).runs.map(({ next }) => [next.runId, next]),
    );
    expect([...runs.values()].map(({ superseded }) => superseded)).toEqual([true, undefined]);
    expect([...runs.values()].at(-1)).toMatchObject({
      status: 'running',
      prompts: [{ prompt: 'first', correct: true }, { prompt: 'second' }, { prompt: 'first', attempts: 0 }],
      replies: [{ prompt: 'first', verdict: 'right' }],
    });
  });

  it.each(['run-one', 'run-again'])(
    'comes to the same where of two runs that a batch changes only %s was written',
    (written) => {
      const goesOn = { runId: 'run-one', right: 0, graded: 0 };
      const first = [
        batchOf(1, [started('one')]),
        batchOf(2, [event('DrillAbandoned', { reason: 'optedOut' })]),
      ];
      const then = batchOf(3, [event('DrillStarted', { runId: 'run-again', goesOn })]);
      const before = known(foldBatches(nothing, reads(...first), course));
      const whole = known(foldBatches(before, reads(then), course)).runs;
      const half = new Map([...before.runs, ...[...whole].filter(([runId]) => runId === written)]);
      const again = known(foldBatches({ ...before, runs: half }, reads(then), course)).runs;
      expect(new Map([...half, ...again])).toEqual(new Map([...before.runs, ...whole]));
    },
  );

  it('stops a phone before a missing batch and lets the others go on', () => {
    const other = '+12025550180' as DecodedBatch['phone'];
    const folded = foldBatches(
      nothing,
      reads(
        batchOf(1, [started('one')]),
        batchOf(3, [completed('one')]),
        batchOf(4, []),
        batchOf(1, [started('two')], { phone: other }),
      ),
      course,
    );
    expect(folded.gaps).toEqual([
      { phone: '+12025550143', after: 1, found: 3, last: { partition: 0, offset: '1' } },
    ]);
    expect(folded.trainees.map(({ next }) => [next.phone, next.version])).toEqual([
      ['+12025550143', 1],
      [other, 1],
    ]);
  });
});

describe('where a trainee stands', () => {
  it('counts what was started and completed', () => {
    expect(
      traineeAfter(batchOf(1, [started('one')]), batchOf(2, [completed('one'), started('two')])),
    ).toMatchObject({
      runningId: 'run-two',
      drills: [
        { drill: 'one', started: 1, completed: 1 },
        { drill: 'two', started: 1, completed: 0 },
      ],
    });
  });

  it('gives back the start of a drill that an opt-out cut off', () => {
    const after = traineeAfter(
      batchOf(1, [started('one')]),
      batchOf(2, [event('TraineeOptedOut'), event('DrillAbandoned', { reason: 'optedOut' })]),
    );
    expect(after.drills).toEqual([{ drill: 'one', started: 0, completed: 0 }]);
    expect(after).not.toHaveProperty('runningId');
  });

  it('begins afresh with a new registration', () => {
    const after = traineeAfter(
      batchOf(1, [started('one')]),
      batchOf(2, [completed('one')]),
      batchOf(3, [event('TraineeRegistered')]),
    );
    expect(after).toMatchObject({ drills: [], registeredVersion: 3 });
  });

  it('was last heard when a text came in, not when we sent one', () => {
    const after = traineeAfter(
      batchOf(1, [event('MenuRequested')]),
      batchOf(2, [started('one')], { commandType: 'StartDrill' }),
    );
    expect(after.lastHeardAt).toEqual(new Date('2026-03-01T10:00:00Z'));
  });

  it('is the trainee of the last batch', () => {
    const optedOut = { ...registered, optedOut: true };
    expect(traineeAfter(batchOf(1, [], {}), batchOf(2, [], { trainee: optedOut })).trainee.optedOut).toBe(
      true,
    );
  });
});

describe('what a batch calls for', () => {
  it('is the first drill on registration', () =>
    expect(commandsOf(batchOf(1, [event('TraineeRegistered')]))).toMatchObject([
      { type: 'StartDrill', drill: 'one', reason: 'registered' },
    ]));

  it('is the first drill that was never started, on request', () =>
    expect(commandsOf(batchOf(2, [event('NextDrillRequested')]), batchOf(1, [started('one')]))).toMatchObject(
      [{ type: 'StartDrill', drill: 'two', reason: 'requested' }],
    ));

  it('is the first that was never completed, once all were started', () =>
    expect(
      commandsOf(
        batchOf(3, [event('NextDrillRequested')]),
        batchOf(1, [started('one')]),
        batchOf(2, [started('two'), completed('two')]),
      ),
    ).toMatchObject([{ type: 'StartDrill', drill: 'one' }]));

  it('is word that there is nothing left, once all were completed', () =>
    expect(
      commandsOf(
        batchOf(3, [event('NextDrillRequested')]),
        batchOf(1, [started('one'), completed('one')]),
        batchOf(2, [started('two'), completed('two')]),
      ),
    ).toMatchObject([{ type: 'SendMessage', notice: 'NoMoreDrills' }]));

  it('says of a drill whether any is left after it', () => {
    const next = batchOf(3, [event('NextDrillRequested')]);
    const one = batchOf(1, [started('one'), completed('one')]);
    expect(commandsOf(next, one)).toMatchObject([{ drill: 'two', last: true }]);
    expect(commandsOf(next, batchOf(1, [started('one')]))[0]).not.toHaveProperty('last');
  });

  it('is the drill that a keyword names; one that does not exist is replaced by the next', () => {
    expect(commandsOf(batchOf(1, [event('DrillRequested', { drill: 'two' })]))).toMatchObject([
      { drill: 'two' },
    ]);
    expect(commandsOf(batchOf(1, [event('DrillRequested', { drill: 'gone' })]))).toMatchObject([
      { drill: 'one' },
    ]);
  });

  it('is the next drill at once where the drill says so, and silence where none is left', () => {
    const on = completed('one', { autoContinue: true });
    expect(commandsOf(batchOf(2, [on]), batchOf(1, [started('one')]))).toMatchObject([
      { drill: 'two', reason: 'continued' },
    ]);
    const last = [batchOf(1, [started('one'), completed('one')]), batchOf(2, [started('two')])];
    expect(commandsOf(batchOf(3, [completed('two', { autoContinue: true })]), ...last)).toEqual([]);
  });

  it('bears an id that comes from the batch and shows no phone, so that it can be produced twice and logged', () => {
    const [first] = commandsOf(batchOf(1, [event('TraineeRegistered')]));
    const [again] = commandsOf(batchOf(1, [event('TraineeRegistered')]));
    expect(first?.commandId).toMatch(/^follow-up:[0-9a-f]{32}$/);
    expect(again).toEqual(first);
  });

  it.each(
    eventTypes.filter(
      (type) => !['TraineeRegistered', 'NextDrillRequested', 'DrillRequested'].includes(type),
    ),
  )('is nothing for %s', (type) => expect(commandsOf(batchOf(1, [event(type)]))).toEqual([]));
});
