import { optionsOf, WrongOptions } from './options';

const read = (...args: readonly string[]) => optionsOf(args, ['zombie', 'poison'], () => 42);

describe('the command line', () => {
  it('makes one round of everything with a fresh seed when it says nothing', () => {
    expect(read()).toEqual({ seed: 42, short: false, recipes: [] });
  });

  it('takes a seed, a form and recipes', () => {
    expect(read('--short', '--seed', '7')).toEqual({ seed: 7, short: true, recipes: [] });
    expect(read('--minutes', '10', '--recipe', 'zombie,poison')).toEqual({
      seed: 42,
      minutes: 10,
      short: false,
      recipes: ['zombie', 'poison'],
    });
  });

  it.each([
    ['--seed', 'x'],
    ['--seed', ''],
    ['--minutes', '0'],
    ['--recipe', 'none'],
    ['--fast', ''],
    ['--short', '--minutes', '3'],
  ])('refuses %s %s and says what there is', (...args) => {
    expect(() => read(...args)).toThrow(WrongOptions);
    expect(() => read(...args)).toThrow(/zombie, poison/);
  });
});
