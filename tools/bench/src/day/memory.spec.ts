import { checkMemory, memoryNeededMb } from './memory';

const size = { trainees: 10_000, replicas: 1 };

it('a day needs more memory the more people and processes there are', () => {
  expect(memoryNeededMb({ ...size, trainees: 20_000 })).toBeGreaterThan(memoryNeededMb(size));
  expect(memoryNeededMb({ ...size, replicas: 2 })).toBeGreaterThan(memoryNeededMb(size));
});

it('a day that does not fit the machine is refused, with both figures', () => {
  const needed = memoryNeededMb(size);
  expect(() => checkMemory(size, needed)).not.toThrow();
  expect(() => checkMemory(size, needed - 1)).toThrow(
    new RangeError(
      `a day of 10,000 may take ${needed.toLocaleString('en-US')} MB of memory; this machine has ${(needed - 1).toLocaleString('en-US')}`,
    ),
  );
});
