import { soak } from './soak';

const letGo = (number: number): unknown => ({ number });

describe('a soak', () => {
  it('finds nothing in what keeps nothing', () =>
    expect(soak({ things: 2_000, each: letGo, mostBytes: 200 })).resolves.toEqual([]));

  it('finds a small thing that is kept of each', async () => {
    const remembered = new Map<string, object>();
    const each = (number: number): unknown => remembered.set(`thing ${number}`, { at: `now ${number}` });
    const faults = await soak({ things: 20_000, each, mostBytes: 60, plantedBytes: 1_024 });
    expect(faults).toEqual([
      expect.stringMatching(/^each of 20000 left \d+(\.\d+)? bytes, and may leave 60$/),
    ]);
    expect(remembered.size).toBe(126_000);
  });

  it('is a fault where it would not have seen a leak', () =>
    expect(soak({ things: 2_000, each: letGo, mostBytes: 4_096 })).resolves.toEqual([
      expect.stringContaining('a planted leak was not seen'),
    ]));

  it('does so many at once', async () => {
    let [now, most] = [0, 0];
    const each = async (): Promise<void> => {
      most = Math.max(most, (now += 1));
      await Promise.resolve();
      now -= 1;
    };
    await soak({ things: 95, each, mostBytes: 1e9, settling: 5, atOnce: 10 });
    expect([now, most]).toEqual([0, 10]);
  });
});
