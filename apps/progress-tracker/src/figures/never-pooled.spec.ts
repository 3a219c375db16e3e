import { drillHashSchema, type DialogEvent } from '@stopcovid/contracts';
import type { DrillRun } from '../progress/drill-run';
import { scoreOf } from '../progress/run-score';
import { completed, event } from '../tracker.testkit';
import { drillFunnel } from './drill-funnel';
import { drillQuestions } from './drill-questions';
import { each, runOf } from './figures.testkit';
import { questionTablesOf } from './question-tables-of-runs';
import { countsOf } from './run-facts';

const [old, edited] = ['a', 'b'].map((letter) => drillHashSchema.parse(letter.repeat(64))) as [never, never];

const put = (slug: string) =>
  event('PromptAdvanced', {
    prompt: { ...event('PromptAdvanced').prompt, slug },
  });
const right = event('PromptCompleted', { option: 'b' });
const wrong = event('PromptFailed', { option: 'a' });
const last = [put('second'), event('PromptFailed', { prompt: 'second' }), completed('one')];

const runsOf = (revision: never, language: string, firsts: readonly DialogEvent[]): readonly DrillRun[] =>
  firsts.map((first) => ({
    ...runOf({ language, later: [first, ...last] }),
    revision,
  }));

/* Of each the same prompts, answered otherwise. */
const kinds = [
  runsOf(old, 'en', [right, right, right, wrong]),
  runsOf(edited, 'en', [wrong, wrong, right]),
  runsOf(old, 'es', [wrong, wrong]),
  runsOf(edited, 'es', [right]),
];

const inOrder = (parts: readonly object[]) => parts.map((part) => JSON.stringify(part)).sort();

describe.each([
  ['questions', drillQuestions],
  ['the funnel', drillFunnel],
])('%s of a drill', (_name, figures) => {
  const asked = async (runs: readonly DrillRun[]) => figures(await questionTablesOf(each(runs)));

  it('are of each revision and language what they are without the others', async () => {
    const apart = await Promise.all(kinds.map((runs) => asked(runs)));
    const together = await asked(kinds.flat());
    expect(together).toHaveLength(kinds.length);
    expect(inOrder(together)).toEqual(inOrder(apart.flat()));
  });
});

const ungraded: readonly (readonly [string, readonly DialogEvent[]])[] = [
  ['stored', [event('PromptCompleted', { prompt: 'extra', correct: undefined })]],
  [
    'stored by an option',
    [
      event('PromptCompleted', {
        prompt: 'extra',
        correct: undefined,
        option: 'a',
      }),
    ],
  ],
  [
    'refused',
    [
      event('PromptFailed', {
        prompt: 'extra',
        graded: false,
        abandoned: true,
      }),
    ],
  ],
  ['unclear alone', [event('ReplyUnclear', { prompt: 'extra' })]],
];

describe.each(ungraded)('a reply that is %s', (_verdict, replies) => {
  const tell = (first: DialogEvent, more: readonly DialogEvent[]) =>
    runOf({ passMark: 50, later: [first, ...more, ...last] });
  const without = [right, wrong].map((first) => tell(first, []));
  const withThem = [right, wrong].map((first) => tell(first, [put('extra'), ...replies]));

  it('counts in no score, and lets nobody pass or fail', () => {
    const scores = (run: DrillRun) => {
      const { scored, points, marked, passed } = countsOf(run);
      return { score: scoreOf(run), scored, points, marked, passed };
    };
    expect(withThem.map(scores)).toEqual(without.map(scores));
  });

  it('makes no item, and changes those that there are in nothing', async () => {
    const items = async (runs: readonly DrillRun[]) =>
      drillQuestions(await questionTablesOf(each(runs))).flatMap(({ questions }) =>
        questions.flatMap(({ prompt, item }) => (item === undefined ? [] : [{ prompt, item }])),
      );
    const told = await items(withThem);
    expect(told).toHaveLength(2);
    expect(told).toEqual(await items(without));
  });
});
