import { hasMovedOn, lagOf, Progress, type Sample } from './progress';

const sample = (at: number, ...stands: readonly (readonly [string, number, number])[]): Sample => ({
  at,
  stands: stands.map(([place, committed, end]) => ({
    place,
    committed: BigInt(committed),
    end: BigInt(end),
  })),
});

describe('the progress of partitions', () => {
  it('counts the longest silence of a partition that has something to do, until it is asked', () => {
    const progress = new Progress();
    progress.take(sample(0, ['engine/0', 1, 9], ['engine/1', 1, 9]));
    progress.take(sample(500, ['engine/0', 2, 9], ['engine/1', 1, 9]));
    progress.take(sample(4_000, ['engine/0', 3, 9], ['engine/1', 2, 9]));
    expect(progress.takeLongest()).toEqual({ place: 'engine/1', ms: 4_000, wholeGroupMs: 0 });
    expect(progress.takeLongest()).toMatchObject({ ms: 0 });
  });

  it('counts how long nothing at all moved in a group', () => {
    const progress = new Progress();
    progress.take(sample(0, ['engine/0', 1, 9], ['sender/0', 1, 9]));
    progress.take(sample(900, ['engine/0', 1, 9], ['sender/0', 2, 9]));
    expect(progress.takeLongest()).toMatchObject({ wholeGroupMs: 900 });
  });

  it('calls a partition without work not silent', () => {
    const progress = new Progress();
    progress.take(sample(0, ['engine/0', 9, 9]));
    progress.take(sample(500, ['engine/0', 9, 9]));
    progress.take(sample(1_000, ['engine/0', 9, 12]));
    expect(progress.takeLongest()).toMatchObject({ ms: 500 });
  });

  it('has moved on when every partition moved or has nothing to do', () => {
    const before = sample(0, ['engine/0', 1, 9], ['engine/1', 9, 9]);
    expect(hasMovedOn(before, sample(1, ['engine/0', 2, 9], ['engine/1', 9, 9]))).toBe(true);
    expect(hasMovedOn(before, sample(1, ['engine/0', 1, 9], ['engine/1', 10, 12]))).toBe(false);
  });

  it('knows how many records are left', () => {
    expect(lagOf(sample(0, ['engine/0', 1, 9], ['engine/1', 9, 9]))).toBe(8n);
  });
});
