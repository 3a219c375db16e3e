import { readArguments } from './arguments';

describe('the command line of the simulation', () => {
  it('plays ten thousand runs unless it is told otherwise, and one for a seed', () => {
    expect(readArguments([])).toMatchObject({ seed: 1, runs: 10_000, verbose: false, everyMutation: false });
    expect(readArguments(['--seed', '42'])).toMatchObject({ seed: 42, runs: 1 });
    expect(readArguments(['--help'])).toBeUndefined();
  });

  it.each([
    [['--seed', 'x'], /--seed takes a whole number/],
    [['--runs', '-1'], /runs/],
    [['--runs', '0'], /nothing played proves nothing/],
    [['--runs', '2', '--verbose'], /--verbose shows one run/],
    [['--mutation', 'gravity'], /there is no mutation 'gravity'/],
    [['--what'], /--what/],
  ])('refuses %j with a sentence', (args, message) => {
    expect(() => readArguments(args)).toThrow(message);
  });
});
