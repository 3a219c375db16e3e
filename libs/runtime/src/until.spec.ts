import { until } from './until';

describe('waiting until something is so', () => {
  it('gives the first answer that is one', async () => {
    const answers = [undefined, false as const, 'yes', 'no'];
    await expect(until(() => answers.shift())).resolves.toBe('yes');
  });

  it('ends at its limit and says what was waited for', () =>
    expect(until(() => false, { what: 'pigs fly', limitMs: 20 })).rejects.toThrow(
      'waited in vain for 20 ms until pigs fly',
    ));

  it('passes on what asking throws', () =>
    expect(until(() => Promise.reject(new Error('no such pig')))).rejects.toThrow('no such pig'));
});
