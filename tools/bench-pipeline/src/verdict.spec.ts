import { ratiosOf, verdictOf } from './verdict';

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

describe('the ratios', () => {
  it('take the better setting of the stock service for its best', () => {
    const ratios = ratiosOf({ ours: 600, stock: 50, stockConcurrent: 100, raw: 600 });
    expect(ratios.map((figure) => [figure.value, verdictOf(figure)])).toEqual([
      [12, 'met'],
      [6, 'missed'],
      [1, 'met'],
    ]);
    expect(ratiosOf({ ours: 600, stock: 100, stockConcurrent: 50, raw: 1 })[1]?.value).toBe(6);
  });
});
