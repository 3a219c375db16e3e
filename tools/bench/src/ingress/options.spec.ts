import { UsageError } from '../kit';
import { optionsOf } from './options';

describe('the command line', () => {
  it('measures everything unless told otherwise', () => {
    expect(optionsOf([])).toMatchObject({ rounds: 3, only: ['throughput', 'latency', 'memory'] });
    expect(optionsOf(['--only', 'memory', '--forged', '1000'])).toMatchObject({
      only: ['memory'],
      forged: 1_000,
    });
  });

  it.each([[['--requests', '0']], [['--only', 'everything']], [['--speed']]])('refuses %j', (args) => {
    expect(() => optionsOf(args)).toThrow(UsageError);
  });
});
