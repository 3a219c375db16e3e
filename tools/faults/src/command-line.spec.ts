import { CommanderError } from 'commander';
import { faultsProgram } from './command-line';

/** What would be played; nothing is. */
const read = (...args: readonly string[]): unknown => {
  const found: unknown[] = [];
  const program = faultsProgram();
  for (const command of program.commands)
    command
      .configureOutput({ writeErr: () => undefined })
      .action((options: object) => void found.push({ kind: command.name(), ...options }));
  program.parse(args, { from: 'user' });
  return found[0];
};

describe('the command line of the faults', () => {
  it('takes seeds and runs of the simulation, and a rule to break', () => {
    expect(read('simulated')).toEqual({ kind: 'simulated' });
    expect(read('simulated', '--seed', '42', '--verbose')).toMatchObject({ seed: 42, verbose: true });
    expect(read('simulated', '--mutation', 'dead letters are dropped', '--runs', '300')).toMatchObject({
      mutation: 'dead letters are dropped',
      runs: 300,
    });
  });

  it('takes a form, a seed and recipes of real faults', () => {
    expect(read('real', '--short', '--seed', '7')).toEqual({ kind: 'real', short: true, seed: 7, rate: 100 });
    expect(read('real', '--minutes', '10', '--recipe', 'zombie,poison')).toEqual({
      kind: 'real',
      minutes: 10,
      rate: 100,
      recipe: ['zombie', 'poison'],
    });
    expect(read('real', '--soak', '60')).toEqual({ kind: 'real', soak: 60, rate: 100 });
  });

  it.each([
    ['nothing'],
    ['simulated', '--seed', 'x'],
    ['simulated', '--runs', '-1'],
    ['simulated', '--runs', '0'],
    ['simulated', '--runs', '2', '--verbose'],
    ['simulated', '--mutation', 'gravity'],
    ['simulated', '--what'],
    ['real', '--seed', ''],
    ['real', '--minutes', '0'],
    ['real', '--soak', 'long'],
    ['real', '--recipe', 'none'],
    ['real', '--fast'],
    ['real', '--short', '--minutes', '3'],
  ])('refuses %s %s %s', (...args) => {
    expect(() => read(...args)).toThrow(CommanderError);
  });
});
