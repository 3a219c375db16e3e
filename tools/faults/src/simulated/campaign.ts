import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Batch, Tally } from './batch';
import type { MutationName } from './mutations';

export type Campaign = { readonly seed: number; readonly runs: number; readonly mutation?: MutationName };

const batchSize = 50;
const mostWorkers = 4;

const sum = (a: Tally, b: Tally): Tally => {
  const kinds = { ...a.faults };
  for (const [kind, count] of Object.entries(b.faults))
    Object.assign(kinds, { [kind]: (Reflect.get(kinds, kind) ?? 0) + count });
  const failed = [a.failed, b.failed].filter((seed) => seed !== undefined).sort((x, y) => x - y)[0];
  return {
    runs: a.runs + b.runs,
    steps: a.steps + b.steps,
    faults: kinds,
    ...(failed === undefined ? {} : { failed }),
  };
};

const ask = (worker: Worker, batch: Batch): Promise<Tally> =>
  new Promise((resolve, reject) => {
    const done = (tally: Tally): void => {
      worker.off('error', reject);
      resolve(tally);
    };
    worker.once('message', done);
    worker.once('error', reject);
    worker.postMessage(batch);
  });

/** Plays runs on all cores; told after each batch how far it has come. Stops soon after the first that breaks something. */
export const playCampaign = async (
  { seed, runs, mutation }: Campaign,
  onProgress: (tally: Tally) => void,
): Promise<Tally> => {
  let total: Tally = { runs: 0, steps: 0, faults: {} };
  let next = 0;
  const work = async (): Promise<void> => {
    const worker = new Worker(join(__dirname, 'worker.js'));
    try {
      while (next < runs && total.failed === undefined) {
        const batch = {
          from: seed + next,
          runs: Math.min(batchSize, runs - next),
          ...(mutation && { mutation }),
        };
        next += batch.runs;
        const tally = await ask(worker, batch);
        total = sum(total, tally);
        onProgress(total);
      }
    } finally {
      await worker.terminate();
    }
  };
  const workers = Math.min(mostWorkers, availableParallelism(), Math.ceil(runs / batchSize));
  await Promise.all(Array.from({ length: workers }, work));
  return total;
};
