import { verdictOf } from '../kit/verdict';
import { ratiosOf } from './ratios';

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
