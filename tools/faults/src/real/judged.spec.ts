import { judgedLines, nothingJudged } from './judged';

const windows = (slow: number, unjudged: number, short = false) => ({
  short,
  slow: Array.from({ length: slow }),
  unjudged: Array.from({ length: unjudged }, () => 'a list that hangs'),
});

describe('what was slow on a machine that was too busy', () => {
  it('is counted beside what was judged', () => {
    expect(judgedLines(windows(2, 1))).toEqual(['I11: 2 of 3 windows judged']);
    expect(judgedLines(windows(0, 0))).toEqual([]);
  });

  it('leaves a long run unproved where nothing was judged', () =>
    expect(nothingJudged(windows(0, 2))).toMatchObject([{ invariant: 'I11' }]));

  it.each([windows(0, 2, true), windows(1, 2), windows(0, 0)])('is no violation of %j', (each) =>
    expect(nothingJudged(each)).toEqual([]),
  );
});
