import { completed, event } from '../tracker.testkit';
import { runOf } from './figures.testkit';
import { inMemoryRunFigures } from './in-memory-run-figures';
import { overduePage } from './overdue-runs';
import type { RunPlace } from './run-figures';

const now = new Date('2026-03-05T09:00:00Z');
const asked = event('PromptAdvanced');
const runs = [
  runOf({ day: 4 }),
  runOf({
    day: 2,
    later: [event('PromptCompleted'), asked, event('TraineeReminded', { prompt: asked.prompt })],
  }),
  runOf({ day: 5 }),
  runOf({ day: 1, later: [event('PromptCompleted'), completed('one')] }),
  runOf({ day: 1, later: [event('DrillAbandoned', { reason: 'optedOut' })] }),
  runOf({ day: 1, demo: true }),
  { ...runOf({ day: 1 }), superseded: true as const },
  { ...runOf({ day: 1 }), repeatsOnly: true as const },
  runOf({ day: 2 }),
];
const page = (limit: number, after?: RunPlace, at = now) =>
  overduePage(
    inMemoryRunFigures(() => runs),
    { filter: {}, limit, after, now: at },
  );

describe('overdue runs', () => {
  it('are those that still go on after their local day, the longest first, with the open question', async () => {
    const { items, next } = await page(10);
    expect(items.map(({ run, daysLate }) => [run.groups.day, daysLate])).toEqual([
      ['2026-03-02', 3],
      ['2026-03-02', 3],
      ['2026-03-04', 1],
    ]);
    expect(items[0]?.open).toMatchObject({
      prompt: 'second',
      askedAt: new Date('2026-03-03T10:00:00Z'),
      remindedAt: new Date('2026-03-03T10:00:00Z'),
    });
    expect(next).toBeUndefined();
  });

  it('come in pages, each once', async () => {
    const days: string[] = [];
    for (let after: RunPlace | undefined, left = 5; left > 0; left -= 1) {
      const { items, next } = await page(1, after);
      days.push(...items.map(({ run }) => run.runId));
      if (next === undefined) break;
      after = next;
    }
    expect(days).toEqual((await page(10)).items.map(({ run }) => run.runId));
  });

  it.each([
    ['2026-03-04T23:59:59Z', 2],
    ['2026-03-05T00:00:00Z', 3],
  ])('are late from the end of their day on: at %s', async (at, many) =>
    expect((await page(10, undefined, new Date(at))).items).toHaveLength(many),
  );

  it('are late by the day of the trainee, not by ours', async () => {
    const [run] = runs;
    if (run?.groups === undefined) throw new Error('there is no run');
    const west = { ...run, groups: { ...run.groups, zone: 'Pacific/Honolulu' as never } };
    const figures = inMemoryRunFigures(() => [west]);
    const at = (now: string) => overduePage(figures, { filter: {}, limit: 1, now: new Date(now) });
    expect((await at('2026-03-05T09:59:00Z')).items).toEqual([]);
    expect((await at('2026-03-05T10:00:00Z')).items).toHaveLength(1);
  });
});
