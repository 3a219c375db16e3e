import { UsageError } from '../kit';
import { optionsOf } from './options';

describe('the command line', () => {
  it('measures everything at full size unless told otherwise', () => {
    expect(optionsOf([])).toEqual({
      phones: 10_000,
      texts: 3,
      pauseMs: 3_000,
      perSecond: 500,
      total: 200_000,
      only: ['rate', 'pace', 'memory'],
    });
    expect(optionsOf(['--phones', '50', '--only', 'pace'])).toMatchObject({ phones: 50, only: ['pace'] });
  });

  it.each([[['--phones', '0']], [['--only', 'beauty']], [['--speed', '1']], [['--pause', 'long']]])(
    'refuses %p and says how it should read',
    (args) => {
      expect(() => optionsOf(args)).toThrow(UsageError);
    },
  );
});
