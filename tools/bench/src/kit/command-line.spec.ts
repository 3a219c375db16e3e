import { chosenOf, countsWith, flagsIn, UsageError } from './command-line';

const usage = 'npm run bench';
const count = countsWith(usage);

describe('the command line of a benchmark', () => {
  it('gives what was typed, or the default', () => {
    const flags = { rounds: { type: 'string', default: '3' } } as const;
    expect(flagsIn(['--rounds', '5'], flags, usage).rounds).toBe('5');
    expect(count('rounds', flagsIn([], flags, usage).rounds)).toBe(3);
    expect(chosenOf(['rate', 'pace'], ['pace', 'rate'], usage)).toEqual(['rate', 'pace']);
  });

  it.each<[string, () => unknown]>([
    ['an unknown flag', () => flagsIn(['--speed'], {}, usage)],
    ['no number', () => count('rounds', 'many')],
    ['nothing', () => count('rounds', ' ')],
    ['too few', () => count('rounds', '0')],
    ['too many', () => count('phones', '11', [0, 10])],
    ['a part that there is not', () => chosenOf(['rate'], ['beauty'], usage)],
  ])('refuses %s and says how it should read', (_what, read) => {
    expect(read).toThrow(UsageError);
    expect(read).toThrow(/npm run bench/);
  });
});
