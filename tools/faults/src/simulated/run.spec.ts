import { run } from './run';

jest.setTimeout(90_000);

describe('a simulated run', () => {
  it('is the same again for the same seed, to the last step', async () => {
    const [first, second] = [await run({ seed: 7, traced: true }), await run({ seed: 7, traced: true })];
    expect(first.trace.length).toBeGreaterThan(50);
    expect(second).toEqual(first);
    expect((await run({ seed: 8, traced: true })).trace).not.toEqual(first.trace);
  });

  it('breaks nothing without faults, nor with those of a few seeds', async () => {
    expect((await run({ seed: 1, traced: false, onlyFaults: new Set() })).problems).toEqual([]);
    for (let seed = 1; seed <= 8; seed += 1) {
      const { problems, faults } = await run({ seed, traced: false });
      expect({ seed, problems }).toEqual({ seed, problems: [] });
      expect(faults.length).toBeGreaterThan(0);
    }
  });

  it('finds back to what its readers have skipped', async () => {
    let skipped = 0;
    for (let seed = 1; seed <= 24; seed += 1) {
      const { problems, faults } = await run({ seed, traced: false, skips: true });
      expect({ seed, problems }).toEqual({ seed, problems: [] });
      skipped += faults.filter(({ kind }) => kind === 'records skipped').length;
    }
    expect(skipped).toBeGreaterThan(1);
  });
});
