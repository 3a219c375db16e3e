import { completed, event } from '../tracker.testkit';
import { drillFunnel } from './drill-funnel';
import { each, runOf } from './figures.testkit';
import { questionTablesOf } from './question-tables-of-runs';
import type { DrillRun } from '../progress/drill-run';

const next = (slug: string) =>
  event('PromptAdvanced', { prompt: { ...event('PromptAdvanced').prompt, slug } as never });
const answer = (prompt: string) => event('PromptCompleted', { prompt: prompt as never });

/** So many runs that were put these prompts, the last of which some did not answer. */
const runs = (count: number, prompts: readonly string[], lastAnswered: number): readonly DrillRun[] =>
  Array.from({ length: count }, (_, index) => {
    const later = prompts.flatMap((prompt, place) => {
      const isLast = place === prompts.length - 1;
      return [
        ...(place === 0 ? [] : [next(prompt)]),
        ...(isLast && index >= lastAnswered ? [] : [answer(prompt)]),
      ];
    });
    return runOf({ later });
  });

describe('the funnel of a drill', () => {
  it('divides at each prompt by those who reached it, on whichever branch', async () => {
    const all = [
      ...runs(10, ['first'], 0),
      ...runs(6, ['first', 'second-a'], 0),
      ...runs(54, ['first', 'second-a', 'third'], 52),
      ...runs(30, ['first', 'second-b', 'third'], 28),
    ];
    const [funnel] = drillFunnel(await questionTablesOf(each(all)));
    const told = funnel?.prompts.map(({ prompt, reached, answered, dropOff: { share } }) => [
      prompt,
      reached,
      answered,
      share?.toFixed(3),
    ]);
    expect(told).toEqual([
      ['first', 100, 90, '0.100'],
      ['second-a', 60, 54, '0.100'],
      ['second-b', 30, 30, '0.000'],
      ['third', 84, 80, '0.048'],
    ]);
    expect(funnel?.prompts.map(({ after }) => after)).toEqual([
      [{ prompt: null, runs: 100 }],
      [{ prompt: 'first', runs: 60 }],
      [{ prompt: 'first', runs: 30 }],
      [
        { prompt: 'second-a', runs: 54 },
        { prompt: 'second-b', runs: 30 },
      ],
    ]);
  });

  it('counts a run once at a prompt that was put again, after what came before it the first time', async () => {
    const again = runs(1, ['first', 'second', 'first'], 1);
    const [funnel] = drillFunnel(await questionTablesOf(each(again)));
    expect(funnel?.prompts).toMatchObject([
      { prompt: 'first', reached: 1, after: [{ prompt: null, runs: 1 }] },
      { prompt: 'second', reached: 1, after: [{ prompt: 'first', runs: 1 }] },
    ]);
  });

  it('tells the last word, which asks for nothing, from a question that nobody answers', async () => {
    const said = runOf({ later: [answer('first'), next('bye'), completed('one')] });
    const [funnel] = drillFunnel(await questionTablesOf(each([said, ...runs(1, ['first', 'bye'], 0)])));
    expect(funnel?.prompts).toMatchObject([
      { prompt: 'first', reached: 2, answered: 2, ended: 0 },
      { prompt: 'bye', reached: 2, answered: 0, ended: 1 },
    ]);
  });

  it('pools no languages, and leaves out runs from before replies were kept', async () => {
    const old = { ...runOf({}) };
    Reflect.deleteProperty(old, 'replies');
    const funnels = drillFunnel(await questionTablesOf(each([runOf({}), runOf({ language: 'es' }), old])));
    expect(funnels.map(({ language, runs: count }) => [language, count])).toEqual([
      ['en', 1],
      ['es', 1],
    ]);
  });
});
