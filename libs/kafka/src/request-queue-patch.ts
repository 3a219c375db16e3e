import { createRequire } from 'node:module';

type Queue = { readonly pending: readonly unknown[]; scheduleCheckPendingRequests(): void };
type QueueClass = { readonly prototype: Queue };

const isQueueClass = (loaded: unknown): loaded is QueueClass =>
  typeof loaded === 'function' &&
  typeof (loaded as { prototype?: Partial<Queue> }).prototype?.scheduleCheckPendingRequests === 'function';

const patched = new WeakSet<object>();

/**
 * kafkajs 2.2.4 checks its queue of pending requests again and again, a millisecond apart, also when nothing is
 * pending: idle connections burn CPU and Node 24 warns of negative timeouts. Whoever adds a request schedules a check,
 * so a check of an empty queue need not schedule another.
 */
export const patchRequestQueue = (): void => {
  const load = createRequire(__filename);
  const loaded: unknown = load('kafkajs/src/network/requestQueue');
  if (!isQueueClass(loaded))
    throw new Error('kafkajs is not the version that this patch was made for (2.2.4)');
  if (patched.has(loaded.prototype)) return;
  patched.add(loaded.prototype);
  const schedule = loaded.prototype.scheduleCheckPendingRequests;
  loaded.prototype.scheduleCheckPendingRequests = function (this: Queue): void {
    if (this.pending.length > 0) schedule.call(this);
  };
};
