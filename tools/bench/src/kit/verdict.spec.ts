import { verdictOf } from './verdict';

describe('the verdict on a figure', () => {
  it('is that a goal is met exactly there too, from either side', () => {
    const verdicts = (['least', 'most'] as const).map((at) =>
      [9, 10, 11].map((value) => verdictOf({ name: 'x', value, goal: { at, value: 10 } })),
    );
    expect(verdicts).toEqual([
      ['missed', 'met', 'met'],
      ['met', 'met', 'missed'],
    ]);
  });

  it('is none where nothing is wanted', () => {
    expect(verdictOf({ name: 'x', value: 1 })).toBe('no goal');
  });
});
