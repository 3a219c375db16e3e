import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { pause, retry } from './retry';
import { until } from './until';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const count = Number(process.env['TIMERS'] ?? 20_000);
const atOnce = 100;
const most = 2_000_000;

const heapAfterCollection = (): number => {
  collect();
  return process.memoryUsage().heapUsed;
};

const signal = new AbortController().signal;
const backoff = { firstMs: 0, maxMs: 0 };

const failingOnce = (): (() => Promise<void>) => {
  let tries = 0;
  return () => ((tries += 1) === 1 ? Promise.reject(new Error('down')) : Promise.resolve());
};

const kinds: readonly {
  readonly name: string;
  readonly wait: () => Promise<unknown>;
  readonly share: number;
}[] = [
  { name: 'a pause', wait: () => pause(0, signal), share: 1 },
  { name: 'trying again', wait: () => retry(failingOnce(), { until: signal, backoff }), share: 0.5 },
  { name: 'asking until it is so', wait: () => until(() => true), share: 1 },
];

it.each(kinds)(
  '$name leaves nothing behind, however often and under a signal that never comes',
  async (kind) => {
    const rounds = (count * kind.share) / atOnce;
    let settled = 0;
    for (let round = 0; round < rounds; round += 1) {
      await Promise.all(Array.from({ length: atOnce }, () => kind.wait()));
      if (round === Math.floor(rounds / 10)) settled = heapAfterCollection();
    }
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(heapAfterCollection() - settled).toBeLessThan(most);
  },
);
