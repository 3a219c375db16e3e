import { FetchPace } from './fetch-pace';

describe('the pace of fetches', () => {
  const at = { now: 0, utilization: 0 };
  const paceAt = (): FetchPace => {
    at.now = 0;
    return new FetchPace({ now: () => at.now, utilization: () => at.utilization });
  };
  const looked = (utilization: number): FetchPace => {
    const pace = paceAt();
    at.utilization = utilization;
    at.now = 1_000;
    pace.fetched();
    return pace;
  };

  it('is none before anything was fetched, and none of a process that rests', () => {
    expect(paceAt().leftMs()).toBe(0);
    expect(looked(0).leftMs()).toBe(0);
  });

  it('is slower the busier the process is, counted from the last fetch', () => {
    expect([looked(0.1), looked(0.5), looked(1)].map((pace) => pace.leftMs())).toEqual([10, 50, 100]);
    const pace = looked(0.5);
    at.now += 30;
    expect(pace.leftMs()).toBe(20);
    at.now += 30;
    expect(pace.leftMs()).toBe(0);
  });

  it('goes by a quarter of a second, not by the moment', () => {
    const pace = looked(0.5);
    at.utilization = 1;
    at.now += 100;
    pace.fetched();
    expect(pace.leftMs()).toBe(50);
    at.now += 200;
    pace.fetched();
    expect(pace.leftMs()).toBe(100);
  });

  it('holds up nobody who stops', async () => {
    const pace = looked(1);
    await expect(pace.rest(AbortSignal.abort('stopped'))).resolves.toBeUndefined();
  });

  it('measures this process by itself', async () => {
    const pace = new FetchPace();
    const until = performance.now() + 300;
    while (performance.now() < until);
    pace.fetched();
    expect(pace.leftMs()).toBeGreaterThan(0);
  });
});
