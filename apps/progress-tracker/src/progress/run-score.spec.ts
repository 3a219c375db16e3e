import type { DialogEvent } from '@stopcovid/contracts';
import { runOf, withoutReplies } from '../figures/figures.testkit';
import { completed, event } from '../tracker.testkit';
import { addScores, isEnough, passedIn, scoreOf } from './run-score';

const right = (prompt: string, fields: object = {}) => event('PromptCompleted', { prompt, ...fields });
const wrong = (prompt: string, fields: object = {}) => event('PromptFailed', { prompt, ...fields });
const put = (slug: string) =>
  event('PromptAdvanced', { prompt: { ...event('PromptAdvanced').prompt, slug } });
const afterAll = (...later: readonly DialogEvent[]) => runOf({ later });

describe('the score of a run', () => {
  it.each<[string, readonly DialogEvent[], number, number]>([
    ['is of first attempts', [wrong('first'), right('first', { attempt: 2 })], 0, 1],
    [
      'takes a prompt that is put again by its first attempt',
      [right('first'), put('first'), wrong('first')],
      1,
      1,
    ],
    ['has no unclear reply in it', [event('ReplyUnclear'), right('first')], 1, 1],
    ['has nothing stored in it', [right('first', { correct: undefined }), put('b'), wrong('b')], 0, 1],
    ['has nothing refused in it', [wrong('first', { graded: false })], 0, 0],
    [
      'has no prompt of an earlier drill in it',
      [right('first', { repeat: { drill: 'earlier', prompt: 'first' } }), wrong('first')],
      0,
      1,
    ],
    ['is of what was answered alone', [put('b')], 0, 0],
  ])('%s', (_claim, later, count, of) => expect(scoreOf(afterAll(...later))).toEqual({ right: count, of }));

  it('is unknown in a run from before replies were kept', () => {
    const before = withoutReplies(afterAll(right('first'), completed('one')));
    expect(scoreOf(before)).toBeUndefined();
    expect(passedIn({ ...before, passMark: 50 })).toBeUndefined();
  });
});

describe('a run is passed', () => {
  const half = [right('first'), put('b'), wrong('b')];
  it.each<[string, readonly DialogEvent[], number | undefined, boolean | undefined]>([
    ['with just so much', [...half, completed('one')], 50, true],
    ['not with a little less', [...half, completed('one')], 51, false],
    ['not where it was broken off', [...half, event('DrillAbandoned')], 50, false],
    ['not where nothing was graded', [completed('one')], 1, false],
    ['or not once it has ended alone', half, 50, undefined],
    ['or not with a pass mark alone', [...half, completed('one')], undefined, undefined],
  ])('%s', (_claim, later, passMark, passed) =>
    expect(passedIn({ ...afterAll(...later), ...(passMark !== undefined && { passMark }) })).toBe(passed),
  );

  it('by the mark that its start was told with', () => {
    const run = runOf({ passMark: 40, later: [...half, completed('one')] });
    expect([run.passMark, passedIn(run)]).toEqual([40, true]);
  });
});

it('scores are added before they are compared', () => {
  const sum = addScores([
    { right: 1, of: 1 },
    { right: 0, of: 2 },
  ]);
  expect(sum).toEqual({ right: 1, of: 3 });
  expect([isEnough(sum, 33), isEnough(sum, 34)]).toEqual([true, false]);
});
