import type { Playground } from '@stopcovid/playground';
import { heapAfterCollection, type Route, type RunningApp } from '@stopcovid/runtime';
import { anyRequest, chanceOf } from './any-request.testkit';
import { isCrowd, services, startQuietPlayground } from './quiet-playground.testkit';
import { sendRaw, type RawAnswer } from '@stopcovid/stack';

/** `FUZZ_REQUESTS=10000` for the long form; a seed that failed is in what failed. */
const requests = Number(process.env['FUZZ_REQUESTS'] ?? 400);
const firstSeed = Number(process.env['FUZZ_SEED'] ?? 1);

const stallMs = 100;
const mostGrowth = 8 * 1024 * 1024;

/** An answer, and the time that the process worked for it; what stalls once is asked again before it counts. */
const ask = async (url: string, bytes: Buffer): Promise<RawAnswer & { ms: number }> => {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 1; ; tries += 1) {
    const before = process.cpuUsage();
    const answer = await sendRaw(url, bytes);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
    if (least < stallMs || tries === 3) return { ...answer, ms: least };
  }
};

/** Readiness is allowed to say no. */
const isFault = (route: Route, { status, ms }: RawAnswer & { ms: number }): boolean =>
  ms >= stallMs || (status !== 'cut' && status >= 500 && !(status === 503 && route.path === '/health/ready'));

const faultsOf = async ({ url, routes: all }: RunningApp, apiKey: string): Promise<readonly string[]> => {
  const routes = all.filter((route) => !isCrowd(route));
  const faults: string[] = [];
  let half = 0;
  for (let count = 0; count < requests; count += 1) {
    if (count === Math.floor(requests / 2)) half = await heapAfterCollection();
    const seed = firstSeed + count;
    /* Each route in turn, so that none is left out by chance. */
    const route = routes[count % routes.length]!;
    const bytes = anyRequest(chanceOf(seed), route, apiKey);
    const answer = await ask(url, bytes);
    if (isFault(route, answer))
      faults.push(
        `seed ${seed}: ${answer.status} in ${answer.ms} ms: ${JSON.stringify(bytes.toString('latin1').slice(0, 600))}`,
      );
  }
  const growth = (await heapAfterCollection()) - half;
  if (growth > mostGrowth) faults.push(`the heap grew by ${growth} bytes in ${requests / 2} requests`);
  return faults;
};

describe('any bytes that are sent', () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await startQuietPlayground();
  });
  afterAll(() => playground.close());

  it.each(services)(
    'bring %s no failure of its own, no stall and no growth',
    async (name) => {
      const service = playground.services.get(name);
      await expect(service && faultsOf(service, playground.apiKey)).resolves.toEqual([]);
      expect((await fetch(`${service?.url}/health/live`)).status).toBe(200);
    },
    30_000 + requests * 50,
  );
});
