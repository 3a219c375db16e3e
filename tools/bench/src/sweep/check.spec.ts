import { compared, sweepsIn } from './check';

describe('what became of the texts', () => {
  it('is all well when each stands on the topic once', () => {
    expect(
      compared(
        new Set(['a', 'b']),
        new Map([
          ['a', 1],
          ['b', 1],
        ]),
      ),
    ).toEqual({ missing: 0, doubled: 0 });
  });

  it('counts those that are missing, and every command too many', () => {
    expect(compared(new Set(['a', 'b', 'c']), new Map([['a', 3]]))).toEqual({ missing: 2, doubled: 2 });
  });
});

describe('a log', () => {
  it('tells of the sweeps that came to their end', () => {
    const line = (values: object): string => JSON.stringify({ level: 'warn', ...values });
    const log = [
      'starting',
      line({ msg: 'listening' }),
      line({ listed: 5, produced: 5, lost: false, tookMs: 12 }),
      line({ listed: 0, produced: 0, lost: true, tookMs: 3 }),
      '{"level":"in',
    ].join('\n');
    expect(sweepsIn(log)).toMatchObject([{ listed: 5, produced: 5, tookMs: 12 }]);
  });
});
