import { commandIdSchema, phoneSchema } from '@stopcovid/contracts';
import { alone, middleOf, rateIn, spreadOf, waitsIn } from './waits';

const phone = phoneSchema.parse('+12015550100');
const written = (id: string, at: number) => ({ commandId: commandIdSchema.parse(id), from: phone, at });

describe('what people wait', () => {
  it('counts for the texts of a span that were answered, until the first text of their answer', () => {
    const texts = [written('early', 5), written('one', 10), written('none', 15), written('two', 20)];
    const answers = new Map(
      [
        ['early', 6],
        ['one', 50],
        ['two', 25],
      ].map(([id, at]) => [commandIdSchema.parse(id), { at: Number(at) }]),
    );
    expect(waitsIn(texts, answers, { from: 10, to: 20 })).toEqual([40, 5]);
  });

  it('is known apart of texts that no other of their phone stands before', () => {
    const other = phoneSchema.parse('+12015550101');
    const texts = [
      written('first', 10),
      written('at once', 10),
      { ...written('of another', 11), from: other },
      written('amid', 30),
      written('unanswered', 60),
      written('after', 70),
    ];
    const answers = new Map(
      [
        ['first', 20],
        ['at once', 40],
        ['of another', 90],
        ['amid', 60],
        ['after', 80],
      ].map(([id, at]) => [commandIdSchema.parse(id), { at: Number(at) }]),
    );
    expect(alone(texts, answers).map(({ commandId }) => commandId)).toEqual([
      'first',
      'of another',
      'unanswered',
      'after',
    ]);
  });

  it('is told by its middle, its hundredth and its worst, and not made up', () => {
    expect(spreadOf([3, 1, 2])).toEqual({ count: 3, p50: 2, p99: 3, worst: 3 });
    expect(spreadOf([])).toEqual({ count: 0, p50: null, p99: null, worst: null });
  });
});

describe('what is sustained', () => {
  it('is the rate of the middle of all, without the start and the tail', () => {
    const steady = Array.from({ length: 101 }, (_, index) => index * 100);
    const times = [...steady, 60_000];
    const middle = middleOf(times, { from: 0, to: 100_000 });
    expect(middle).toEqual({ from: 1_000, to: 9_100 });
    expect(rateIn(times, { from: 1_000, to: 9_000 })).toBeCloseTo(10, 0);
  });

  it('is unknown where nothing came, or all at once', () => {
    expect(middleOf([], { from: 0, to: 1 })).toBeNull();
    expect(middleOf([1, 1, 1], { from: 0, to: 1 })).toBeNull();
  });
});
