import type { Playground } from '@stopcovid/playground';
import type { Route, RunningApp } from '@stopcovid/runtime';
import { bytesOf, hostileShapes, ordinaryShape, sendRaw, type Shape } from '@stopcovid/stack';
import { isCrowd, services, startQuietPlayground } from './quiet-playground.testkit';

/** An ordinary request of 64 KiB costs a millisecond or three; no other may cost more than so many times that. */
const mostTimes = 20;
const leastOrdinaryMs = 1;
/** The garbage collector and the compiler work when they like: what is dear once may try again. */
const tries = 60;

const takesBodies = ({ method }: Route): boolean => ['POST', 'PUT', 'PATCH'].includes(method);

const requestOf = ({ method, path }: Route, { suffix = '', headers = [], body = '' }: Shape): Buffer => {
  const filled = path.replace(/:[^/]+/g, '1').replace('*', 'a');
  const signed = headers.some(([name]) => name === 'x-twilio-signature')
    ? headers
    : [...headers, ['x-twilio-signature', 'AAAAAAAAAAAAAAAAAAAAAAAAAAA='] as const];
  return bytesOf({ method, path: filled + suffix, headers: signed, body });
};

/** The time that this process works for one request, ours of sending it included, in milliseconds. */
const costOf = async (url: string, bytes: Buffer): Promise<number> => {
  const before = process.cpuUsage();
  await sendRaw(url, bytes);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

const leastCost = async (url: string, bytes: Buffer, enough: number): Promise<number> => {
  let least = Number.POSITIVE_INFINITY;
  for (let count = 0; count < tries && least > enough; count += 1)
    least = Math.min(least, await costOf(url, bytes));
  return least;
};

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** The bound in milliseconds, from requests that are measured beside the others. */
const boundOf = async (url: string, route: Route): Promise<number> => {
  const costs: number[] = [];
  for (let count = 0; count < 30; count += 1) costs.push(await costOf(url, requestOf(route, ordinaryShape)));
  return Math.max(median(costs.slice(10)), leastOrdinaryMs) * mostTimes;
};

/** Every shape on every route, bodies where they are read; one route takes all, so that no server goes without. */
const dearOf = async ({ url, routes: all }: RunningApp): Promise<readonly string[]> => {
  const routes = all.filter((route) => !['HEAD', 'OPTIONS'].includes(route.method) && !isCrowd(route));
  const first = routes.find(takesBodies) ?? routes[0]!;
  const bound = await boundOf(url, first);
  const dear: string[] = [];
  for (const route of routes)
    for (const [shape, request] of hostileShapes) {
      if (request.body !== undefined && !takesBodies(route) && route !== first) continue;
      const ms = await leastCost(url, requestOf(route, request), bound);
      if (ms > bound) dear.push(`${route.method} ${route.path}: ${shape}: ${ms} ms of at most ${bound}`);
    }
  return dear;
};

describe('a request of 64 KiB that nobody signed', () => {
  let playground: Playground;
  beforeAll(async () => {
    playground = await startQuietPlayground();
  });
  afterAll(() => playground.close());

  it.each(services)(
    'costs %s about as much as any other of its size',
    async (name) => {
      const service = playground.services.get(name);
      await expect(service && dearOf(service)).resolves.toEqual([]);
    },
    60_000,
  );
});
