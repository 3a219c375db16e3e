import { createRequire } from 'node:module';
import { patchRequestQueue } from './request-queue-patch';

type Queue = {
  throttleCheckTimeoutId: unknown;
  checkPendingRequests(): void;
  push(request: object): void;
  destroy(): void;
};
type QueueClass = new (options: object) => Queue;

const freshQueueClass = (): QueueClass =>
  createRequire(__filename)('kafkajs/src/network/requestQueue') as QueueClass;

const logger = { debug: () => undefined, warn: () => undefined };

const newQueue = (): Queue =>
  new (freshQueueClass())({
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
    const before = newQueue();
    before.checkPendingRequests();
    expect(before.throttleCheckTimeoutId).not.toBeNull();
    before.destroy();

    patchRequestQueue();
    const after = newQueue();
    after.checkPendingRequests();
    expect(after.throttleCheckTimeoutId).toBeNull();
    after.destroy();
  });

  it('still looks after requests that have to wait', () => {
    patchRequestQueue();
    const queue = newQueue();
    const sent: number[] = [];
    queue.push(request(1, () => sent.push(1)));
    queue.push(request(2, () => sent.push(2)));
    expect(sent).toEqual([1]);
    expect(queue.throttleCheckTimeoutId).not.toBeNull();
    queue.destroy();
  });
});
