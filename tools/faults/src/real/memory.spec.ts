import { growthLine, leaksIn, memoryIn, type Reading } from './memory';

const megabyte = 1024 * 1024;

/** Readings after every thousand batches, of a process that keeps so many bytes of each, wavering as a heap does after collections. */
const readingsOf = (change: Partial<Record<'heap' | 'resident', number>>, count = 60): readonly Reading[] =>
  Array.from({ length: count }, (_, index) => {
    const batches = index * 1_000;
    const noise = ((index * 7_919) % 11) / 11 - 0.5;
    return {
      batches,
      heapBytes: 60 * megabyte + noise * 0.4 * megabyte + batches * (change.heap ?? 0),
      residentBytes: 150 * megabyte + noise * 20 * megabyte + batches * (change.resident ?? 0),
    };
  });

describe('the memory of a process under small batches', () => {
  it('is sound where it only wavers', () => expect(leaksIn('engine-1', readingsOf({}))).toEqual([]));

  it('grows where a little is kept of each batch', () =>
    expect(leaksIn('engine-1', readingsOf({ heap: 250 }))).toEqual([
      expect.stringMatching(/^engine-1: heap grows by 2\d\d bytes with each of 29000 batches$/),
    ]));

  it('grows where something is kept outside of the heap', () =>
    expect(leaksIn('engine-1', readingsOf({ resident: 4_096 }))).toEqual([
      expect.stringMatching(/^engine-1: resident memory grows/),
    ]));

  it('may take a step once, and may fill its caches at first', () => {
    const step = readingsOf({}).map((reading, index) =>
      index > 45 ? { ...reading, heapBytes: reading.heapBytes + 5 * megabyte } : reading,
    );
    const filling = readingsOf({}).map((reading, index) => ({
      ...reading,
      heapBytes: reading.heapBytes + Math.min(index, 25) * megabyte,
    }));
    expect([...leaksIn('a', step), ...leaksIn('b', filling)]).toEqual([]);
  });

  it.each([
    ['few readings', readingsOf({ heap: 5_000 }, 8)],
    ['no batch', readingsOf({}).map((reading) => ({ ...reading, batches: 5 }))],
  ])('is not called sound after %s', (_what, readings) =>
    expect(leaksIn('engine-1', readings)).toEqual([expect.stringContaining('too few to see a leak')]),
  );

  it('is told of its later half, sound or not', () =>
    expect(growthLine('engine-1', readingsOf({ heap: 250 }))).toMatch(
      /^engine-1: over 29000 batches heap 67 MB to 74 MB, 2\d\d bytes with each batch; resident memory 1\d\d MB to /,
    ));

  it('is read from what the process shows', () => {
    const text = [
      '# HELP nodejs_heap_size_used_bytes Process heap size used from Node.js in bytes.',
      'nodejs_heap_size_used_bytes 1000',
      'nodejs_external_memory_bytes{service="a"} 24',
      'process_resident_memory_bytes 5e3',
    ].join('\n');
    expect(memoryIn(text)).toEqual({ heapBytes: 1_024, residentBytes: 5_000 });
    expect(() => memoryIn('up 1')).toThrow('/metrics shows no nodejs_heap_size_used_bytes');
  });
});
