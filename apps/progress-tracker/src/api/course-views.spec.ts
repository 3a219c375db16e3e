import { drillSlugSchema } from '@stopcovid/contracts';
import { runOf, withoutReplies } from '../figures/figures.testkit';
import type { DrillRun } from '../progress/drill-run';
import { completed, event } from '../tracker.testkit';
import { courseStandingView } from './course-views';

const [one, two] = ['one', 'two'].map((slug) => drillSlugSchema.parse(slug)) as [never, never];
const of = (drill: never, run: DrillRun): DrillRun => ({ ...run, drill });
const right = runOf({ later: [event('PromptCompleted'), completed('one')] });
const wrong = runOf({ later: [event('PromptFailed'), completed('one')] });
const running = runOf({ later: [event('PromptFailed')] });

const standing = (passMark: number | undefined, ...runs: readonly DrillRun[]) =>
  courseStandingView({ slug: 'c', drills: [one, two], ...(passMark !== undefined && { passMark }) }, runs);

describe('where a trainee stands with the course', () => {
  it('is said over the latest completed run of each drill: one that goes on takes nothing away', () =>
    expect(standing(50, of(one, running), of(two, right), of(one, wrong), of(one, right))).toEqual({
      drills: 2,
      completed: 2,
      score: { count: 1, of: 2, share: 0.5 },
      passMark: 50,
      passed: true,
    }));

  it('is not passed below its own mark, nor while a drill is left', () => {
    expect(standing(51, of(two, right), of(one, wrong)).passed).toBe(false);
    expect(standing(50, of(two, right))).toMatchObject({ completed: 1, passed: false, score: { share: 1 } });
  });

  it('is neither passed nor failed without a pass mark', () =>
    expect(standing(undefined, of(two, right), of(one, wrong))).not.toHaveProperty('passed'));

  it('is unknown over a run from before replies were kept', () => {
    expect(standing(50, of(two, withoutReplies(right)), of(one, wrong))).toEqual({
      drills: 2,
      completed: 2,
      passMark: 50,
    });
  });
});
