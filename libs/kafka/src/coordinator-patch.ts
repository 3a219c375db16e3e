import { createRequire } from 'node:module';
import { KafkaJSError } from 'kafkajs';

type Find = (asked: object) => Promise<unknown>;
type ClusterClass = { readonly prototype: { findGroupCoordinator: Find } };

const isClusterClass = (loaded: unknown): loaded is ClusterClass =>
  typeof loaded === 'function' &&
  typeof (loaded as { prototype?: { findGroupCoordinator?: unknown } }).prototype?.findGroupCoordinator ===
    'function';

const isNotFound = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'KafkaJSGroupCoordinatorNotFound' || isNotFound(error.cause));

const patched = new WeakSet<object>();

/**
 * kafkajs 2.2.4 takes it for final when no broker answers who coordinates a group: a connection that is cut at that
 * moment ended the consumer, and with it the process. It is asked again as after any other lost connection.
 */
export const patchCoordinator = (): void => {
  const loaded: unknown = createRequire(__filename)('kafkajs/src/cluster');
  if (!isClusterClass(loaded))
    throw new Error('kafkajs is not the version that this patch was made for (2.2.4)');
  const { prototype } = loaded;
  if (patched.has(prototype)) return;
  patched.add(prototype);
  const find = prototype.findGroupCoordinator;
  prototype.findGroupCoordinator = async function (this: unknown, asked: object): Promise<unknown> {
    try {
      return await find.call(this, asked);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      throw Object.assign(new KafkaJSError('no broker says who coordinates the group'), { cause: error });
    }
  };
};
