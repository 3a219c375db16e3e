import { createRequire } from 'node:module';
import type * as Patch from './request-queue-patch';

type Queue = {
  throttleCheckTimeoutId: unknown;
  checkPendingRequests(): void;
  push(request: object): void;
  destroy(): void;
};
type QueueClass = new (options: object) => Queue;

/** The queue of kafkajs, in a process that has patched it so often. */
const queueClass = (patches: number): QueueClass => {
  let Queue: QueueClass | undefined;
  jest.isolateModules(() => {
    Queue = createRequire(__filename)('kafkajs/src/network/requestQueue') as QueueClass;
    const { patchRequestQueue } = jest.requireActual<typeof Patch>('./request-queue-patch');
    for (let n = 0; n < patches; n += 1) patchRequestQueue();
  });
  if (Queue === undefined) throw new Error('it was not loaded');
  return Queue;
};

const logger = { debug: () => undefined, warn: () => undefined };

const newQueue = (Queue: QueueClass): Queue =>
  new Queue({
    maxInFlightRequests: 1,
    requestTimeout: 1_000,
    clientId: 'c',
    broker: 'b',
    logger,
  });

const request = (correlationId: number, sendRequest: () => void): object => ({
  entry: { correlationId },
  expectResponse: true,
  sendRequest,
});

describe('the request queue of kafkajs', () => {
  it('sets one timer after another although nothing is pending, until it is patched', () => {
    const before = newQueue(queueClass(0));
    before.checkPendingRequests();
    expect(before.throttleCheckTimeoutId).not.toBeNull();
    before.destroy();

    const after = newQueue(queueClass(2));
    after.checkPendingRequests();
    expect(after.throttleCheckTimeoutId).toBeNull();
    after.destroy();
  });

  it('still looks after requests that have to wait', () => {
    const queue = newQueue(queueClass(1));
    const sent: number[] = [];
    queue.push(request(1, () => sent.push(1)));
    queue.push(request(2, () => sent.push(2)));
    expect(sent).toEqual([1]);
    expect(queue.throttleCheckTimeoutId).not.toBeNull();
    queue.destroy();
  });
});
