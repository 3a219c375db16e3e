import { UsageError } from '../kit';
import { optionsOf, parts } from './options';

describe('the command line', () => {
  it('measures everything at full size unless told otherwise', () => {
    expect(optionsOf([])).toEqual({
      trainees: 20_000,
      commands: 20_000,
      memoryCommands: 300_000,
      rounds: 5,
      only: parts,
      quick: false,
    });
  });

  it('takes fewer parts, in our order, and other sizes', () => {
    const options = optionsOf(['--only', 'memory', '--only', 'latency', '--commands', '5000000', '--quick']);
    expect(options).toMatchObject({ only: ['latency', 'memory'], memoryCommands: 5_000_000, rounds: 1 });
  });

  it.each([[['--only', 'speed']], [['--rounds', '0']], [['--trainees', 'many']], [['--slow']], [['all']]])(
    'refuses %j and says what may be asked',
    (args) => {
      expect(() => optionsOf(args)).toThrow(UsageError);
      expect(() => optionsOf(args)).toThrow('npm run bench -- pipeline');
    },
  );
});
