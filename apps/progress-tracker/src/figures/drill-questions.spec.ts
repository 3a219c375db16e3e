import { completed, event } from '../tracker.testkit';
import { drillQuestions } from './drill-questions';
import { each, runOf } from './figures.testkit';
import { questionTablesOf } from './question-tables-of-runs';
import type { DrillRun } from '../progress/drill-run';

const right = event('PromptCompleted', { option: 'b' });
const wrong = event('PromptFailed', { option: 'a' });
const next = event('PromptAdvanced');
const onSecond = { prompt: 'second', option: 'c' };

const questionsOf = async (runs: readonly DrillRun[]) => drillQuestions(await questionTablesOf(each(runs)));

describe('the questions of a drill', () => {
  it('lose at each prompt those who reached it and did not answer it', async () => {
    const [drill] = await questionsOf([
      runOf({ later: [right, next, event('PromptCompleted', onSecond), completed('one')] }),
      runOf({ later: [right, next] }),
      runOf({}),
    ]);
    expect(drill).toMatchObject({
      revision: 'a'.repeat(64),
      language: 'en',
      runs: 3,
      questions: [
        { prompt: 'first', reached: 3, answered: 2, dropOff: { count: 1, of: 3 } },
        { prompt: 'second', reached: 2, answered: 1, dropOff: { count: 1, of: 2 } },
      ],
    });
  });

  it('are as hard as first attempts say, and tell what became of the others', async () => {
    const again = event('PromptCompleted', { option: 'b', attempt: 2 });
    const [drill] = await questionsOf([
      runOf({ later: [wrong, again] }),
      runOf({ later: [event('ReplyUnclear'), right] }),
    ]);
    expect(drill?.questions).toMatchObject([
      {
        item: { answers: 2, facility: { count: 1, of: 2 }, grade: 'countsOnly' },
        rightInTheEnd: { count: 2, of: 2 },
        unclear: 1,
      },
    ]);
  });

  it('say how long answers took and how many came after a reminder', async () => {
    const [drill] = await questionsOf([
      runOf({ later: [event('TraineeReminded'), right] }),
      runOf({ later: [right], sameDay: true }),
    ]);
    expect(drill?.questions).toMatchObject([
      { afterReminder: { count: 1, of: 2 }, seconds: { median: 43_200, p90: 86_400 } },
    ]);
  });

  it('leave out what was only stored, and the questions of earlier drills', async () => {
    const repeat = { drill: 'earlier', prompt: 'old' };
    const [drill] = await questionsOf([
      runOf({
        later: [
          event('PromptCompleted', { correct: undefined }),
          event('PromptAdvanced', { prompt: { ...next.prompt, slug: 'old' }, repeat }),
          event('PromptFailed', { prompt: 'old', repeat }),
        ],
      }),
    ]);
    expect(drill?.questions.map(({ prompt, item }) => [prompt, item])).toEqual([['first', undefined]]);
  });

  it('are never pooled over languages', async () => {
    const drills = await questionsOf([runOf({ later: [right] }), runOf({ later: [right], language: 'es' })]);
    expect(drills.map(({ language, runs }) => [language, runs])).toEqual([
      ['en', 1],
      ['es', 1],
    ]);
  });
});
