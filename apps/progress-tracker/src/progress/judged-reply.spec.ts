import { batchOf, completed, event, offering, registered, started } from '../tracker.testkit';
import type { DrillRun } from './drill-run';
import { foldBatches, type ReadBatch } from './fold-batches';

const nothing = { trainees: new Map(), runs: new Map() };

const runOf = (...batches: readonly ReadBatch['batch'][]): DrillRun => {
  const reads = batches.map((batch, index) => ({
    index,
    batch,
    position: { partition: 0, offset: String(batch.version) },
  }));
  const [folded] = foldBatches(nothing, reads, offering('one')).runs;
  if (folded === undefined) throw new Error('there is no run');
  return folded.next;
};

const dayMs = 24 * 3_600_000;
const again = { repeat: { drill: 'earlier', prompt: 'first' } };

describe('a reply that was judged', () => {
  it.each([
    [event('PromptCompleted'), { verdict: 'right', attempt: 1, rule: 'Marker' }],
    [event('PromptCompleted', { correct: undefined }), { verdict: 'stored', attempt: 1 }],
    [event('PromptFailed', { option: 'a' }), { verdict: 'wrong', attempt: 1, option: 'a' }],
    [event('PromptFailed', { graded: false, attempt: 3 }), { verdict: 'refused', attempt: 3 }],
    [event('ReplyUnclear'), { verdict: 'unclear', rule: 'NoMatch', response: 'hm' }],
    [event('PromptCompleted', again), { verdict: 'right', repeatOf: 'earlier' }],
  ])('is kept as what it was taken for: %j', (judged, kept) => {
    const { replies } = runOf(batchOf(1, [started('one')]), batchOf(2, [judged]));
    expect(replies).toEqual([expect.objectContaining({ prompt: 'first', afterMs: dayMs, ...kept })]);
  });

  it('has no attempt where it was unclear, and says so when a reminder came before it', () => {
    const { replies } = runOf(
      batchOf(1, [started('one')]),
      batchOf(2, [event('ReplyUnclear')]),
      batchOf(3, [event('TraineeReminded')]),
      batchOf(4, [event('PromptCompleted')]),
    );
    expect(replies?.map(({ attempt, reminded, afterMs }) => ({ attempt, reminded, afterMs }))).toEqual([
      { afterMs: dayMs },
      { attempt: 1, reminded: true, afterMs: 3 * dayMs },
    ]);
  });

  it('comes once, however often its batch does', () => {
    const batches = [batchOf(1, [started('one')]), batchOf(2, [event('PromptFailed')])];
    expect(runOf(...batches, ...batches).replies).toHaveLength(1);
  });
});

describe('what a run is grouped by', () => {
  const moved = {
    trainee: {
      ...registered,
      profile: { ...registered.profile, timeZone: 'Pacific/Kiritimati' },
      account: { employerId: 'acme', unitId: 'kitchen', labels: ['night', 'night'] },
    },
  };

  it('is as it was when the run began, by the local day of the trainee', () => {
    const later = { trainee: { ...registered, account: { employerId: 'other' } } };
    const run = runOf(
      batchOf(1, [started('one')], moved),
      batchOf(2, [event('PromptCompleted'), completed('one')], later),
    );
    expect(run.groups).toEqual({
      employerId: 'acme',
      unitId: 'kitchen',
      labels: ['night'],
      language: 'en',
      demo: false,
      zone: 'Pacific/Kiritimati',
      day: '2026-03-02',
    });
    expect(run.endedDay).toBe('2026-03-03');
  });

  it('has the first day on which the number may be, where nobody told a zone', () => {
    const { groups } = runOf(batchOf(1, [started('one')]));
    expect(groups).toMatchObject({ zone: expect.stringContaining('America/'), day: '2026-03-01' });
  });
});
