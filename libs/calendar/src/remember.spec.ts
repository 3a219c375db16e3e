import { remember, rememberPairs } from './remember';

describe('what is remembered', () => {
  it('is made once, until there is no more room for it', () => {
    const made: string[] = [];
    const length = remember(2, (key) => made.push(key) && key.length);
    expect(['a', 'bb', 'a', 'ccc', 'a'].map(length)).toEqual([1, 2, 1, 3, 1]);
    expect(made).toEqual(['a', 'bb', 'ccc', 'a']);
  });

  it('is told apart by both keys of a pair, and all of it makes room at once', () => {
    const made: string[] = [];
    const joined = rememberPairs(3, (one, other: number) => {
      made.push(`${one}${other}`);
      return `${one}${other}`;
    });
    const asked = [
      ['a', 1],
      ['a', 11],
      ['a1', 1],
      ['a', 1],
      ['b', 1],
      ['a', 1],
    ] as const;
    expect(asked.map(([one, other]) => joined(one, other))).toEqual(['a1', 'a11', 'a11', 'a1', 'b1', 'a1']);
    expect(made).toEqual(['a1', 'a11', 'a11', 'b1', 'a1']);
  });
});
