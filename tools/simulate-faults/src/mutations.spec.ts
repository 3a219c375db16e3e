import { playBatch } from './batch';
import { mutations, type MutationName } from './mutations';
import { shrink } from './shrink';

const names = Object.keys(mutations).filter((name): name is MutationName => name in mutations);

describe('a protocol with one broken rule', () => {
  it.each(names)('%s: is caught', async (mutation) => {
    expect((await playBatch({ from: 1, runs: 150, mutation })).failed).toBeDefined();
  });

  it('is shown by a smaller run than the one that caught it', async () => {
    const mutation = 'silence of the carrier is taken for a refusal';
    const { failed } = await playBatch({ from: 1, runs: 150, mutation });
    if (failed === undefined) throw new Error('nothing was caught');
    const { result, faults, records } = await shrink(failed, mutations[mutation]);
    expect(result.problems.length).toBeGreaterThan(0);
    expect(faults.length).toBeLessThan(12);
    expect(records).toBeLessThan(15);
  });
});
