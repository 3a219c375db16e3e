import { parentPort } from 'node:worker_threads';
import { playBatch, type Batch } from './batch';

parentPort?.on('message', (batch: Batch) => {
  void playBatch(batch).then((tally) => parentPort?.postMessage(tally));
});
