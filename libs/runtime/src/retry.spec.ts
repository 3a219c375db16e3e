import { backoffMs, pause, retry } from './retry';

const backoff = { firstMs: 1, maxMs: 2 };

describe('trying again', () => {
  it('goes on until it succeeds, with a heartbeat before each new try', async () => {
    let tries = 0;
    let beats = 0;
    const answer = await retry(
      () => (++tries < 4 ? Promise.reject(new Error('down')) : Promise.resolve('up')),
      { until: new AbortController().signal, backoff, heartbeat: () => Promise.resolve(void (beats += 1)) },
    );
    expect([answer, tries, beats]).toEqual(['up', 4, 3]);
  });

  it('ends with the last error once it is told to', async () => {
    const stop = new AbortController();
    const onAttempt = (attempt: number): void => {
      if (attempt === 2) stop.abort();
    };
    const trying = retry(() => Promise.reject(new Error('down')), { until: stop.signal, backoff, onAttempt });
    await expect(trying).rejects.toThrow('down');
  });

  it('waits twice as long each time, at least half of it, up to a maximum', () => {
    const waits = (random: number): number[] =>
      [1, 2, 3, 20].map((attempt) =>
        backoffMs(attempt, { firstMs: 100, maxMs: 1_000, random: () => random }),
      );
    expect(waits(0)).toEqual([50, 100, 200, 500]);
    expect(waits(1)).toEqual([100, 200, 400, 1_000]);
  });
});

describe('a pause', () => {
  it('may be one of many that the same signal ends, without a warning', async () => {
    const warnings: string[] = [];
    const warned = ({ name }: Error): void => void warnings.push(name);
    process.on('warning', warned);
    const stop = new AbortController();
    const pauses = Array.from({ length: 50 }, () => pause(60_000, stop.signal));
    stop.abort();
    await Promise.all(pauses);
    await pause(1);
    process.off('warning', warned);
    expect(warnings).toEqual([]);
  });
});
