import { playBatch } from './batch';
import { mutations } from './mutations';
import { shrink } from './shrink';

jest.setTimeout(30_000);

/* All of them are played by `npm run faults -- simulated --every-mutation`. */
describe('a protocol with one broken rule', () => {
  it('is caught, and shown by a smaller run than the one that caught it', async () => {
    const mutation = 'dead letters are dropped';
    const { failed } = await playBatch({ from: 1, runs: 10, mutation });
    if (failed === undefined) throw new Error('nothing was caught');
    const { result, faults, records } = await shrink(failed, mutations[mutation]);
    expect(result.problems.map(({ invariant }) => invariant)).toContain('I9');
    expect(faults).toHaveLength(0);
    expect(records).toBeLessThan(15);
  });
});
