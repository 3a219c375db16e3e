import { UsageError } from '../kit';
import { optionsOf } from './options';

describe('the command line', () => {
  it('is an hour at a hundred texts a second unless told otherwise', () => {
    expect(optionsOf([])).toEqual({ texts: 360_000, phones: 20_000, pageMs: 0 });
    expect(optionsOf(['--texts', '500', '--page-ms', '1000'])).toMatchObject({ texts: 500, pageMs: 1_000 });
  });

  it.each([[['--texts', '0']], [['--phones', '100000']], [['--page-ms', '']], [['--speed', '1']]])(
    'refuses %p and says how it should read',
    (args) => {
      expect(() => optionsOf(args)).toThrow(UsageError);
    },
  );
});
