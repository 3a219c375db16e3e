import { getEventListeners } from 'node:events';
import { pause, retry } from './retry';
import { soak, soakWithinMs } from './soak';
import { until } from './until';

const signal = new AbortController().signal;
const backoff = { firstMs: 0, maxMs: 0 };

const failingOnce = (): (() => Promise<void>) => {
  let tries = 0;
  return () => ((tries += 1) === 1 ? Promise.reject(new Error('down')) : Promise.resolve());
};

const kinds: readonly {
  readonly name: string;
  readonly wait: () => Promise<unknown>;
  readonly things: number;
}[] = [
  { name: 'a pause', wait: () => pause(0, signal), things: 10_000 },
  { name: 'trying again', wait: () => retry(failingOnce(), { until: signal, backoff }), things: 5_000 },
  { name: 'asking until it is so', wait: () => until(() => true), things: 10_000 },
];

it.each(kinds)(
  '$name leaves nothing in memory, however often and under a signal that never comes',
  async (kind) => {
    await expect(
      soak({ things: kind.things, each: kind.wait, mostBytes: 100, atOnce: 100 }),
    ).resolves.toEqual([]);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  },
  soakWithinMs,
);
