import { createRequire } from 'node:module';

/** What a fetch brought of one partition. */
type Batch = { readonly rawMessages: readonly unknown[] };
type Fetch = (nodeId: number) => Promise<readonly Batch[]>;
type GroupClass = { readonly prototype: { fetch: Fetch } };

const isGroupClass = (loaded: unknown): loaded is GroupClass =>
  typeof loaded === 'function' &&
  typeof (loaded as { prototype?: { fetch?: unknown } }).prototype?.fetch === 'function';

const patched = new WeakSet<object>();

/**
 * kafkajs 2.2.4 makes a batch of each partition that was asked for and hands all of them to its workers, where those
 * that nothing came of do a heartbeat each: a dozen promises and as many long numbers a partition, at every record that
 * comes in anywhere. They are left out; a fetch that brought nothing at all still does its heartbeat. Batches whose
 * records were only taken out, as marks of transactions are, stay: the reader moves on behind them.
 */
export const patchEmptyBatches = (): void => {
  const loaded: unknown = createRequire(__filename)('kafkajs/src/consumer/consumerGroup');
  if (!isGroupClass(loaded))
    throw new Error('kafkajs is not the version that this patch was made for (2.2.4)');
  const { prototype } = loaded;
  if (patched.has(prototype)) return;
  patched.add(prototype);
  const fetch = prototype.fetch;
  prototype.fetch = async function (this: unknown, nodeId: number): Promise<readonly Batch[]> {
    const batches = await fetch.call(this, nodeId);
    return batches.filter(({ rawMessages }) => rawMessages.length > 0);
  };
};
