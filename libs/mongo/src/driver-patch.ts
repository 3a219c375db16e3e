import { createRequire } from 'node:module';
import type { EventEmitter } from 'node:events';

type DriverConnection = EventEmitter & {
  /** Why the connection was closed; null while it is open. */
  readonly error: Error | null;
  writeCommand(command: unknown, options: unknown): Promise<void>;
};
type ConnectionClass = { readonly prototype: DriverConnection };

const isConnectionClass = (loaded: unknown): loaded is { readonly Connection: ConnectionClass } => {
  const { Connection } = (loaded ?? {}) as { readonly Connection?: Partial<ConnectionClass> };
  return typeof Connection?.prototype?.writeCommand === 'function';
};

const loadDriver = (): unknown =>
  createRequire(createRequire(__filename).resolve('mongoose'))('mongodb/lib/cmap/connection');

const patched = new WeakSet<object>();

/**
 * mongodb 7.8.0 waits until the socket has taken a command, and hears of the socket's errors alone. A connection that
 * is closed without one meanwhile (its time limit, the other side's end, a pool that is cleared) leaves the command
 * waiting for ever, and its place in the pool with it. Here a command also ends when its connection does.
 */
export const patchDriver = (): void => {
  const loaded = loadDriver();
  if (!isConnectionClass(loaded))
    throw new Error('mongodb is not the version that this patch was made for (7.8.0)');
  const { prototype } = loaded.Connection;
  if (patched.has(prototype)) return;
  patched.add(prototype);
  const write = prototype.writeCommand;
  prototype.writeCommand = function (this: DriverConnection, command: unknown, options: unknown) {
    return untilClosed(this, write.call(this, command, options));
  };
};

const untilClosed = async (connection: DriverConnection, written: Promise<void>): Promise<void> => {
  let tell: () => void = () => undefined;
  const closed = new Promise<never>((_resolve, reject) => {
    tell = () => reject(connection.error ?? new Error('the connection was closed'));
  });
  connection.once('close', tell);
  try {
    await Promise.race([written, closed]);
  } finally {
    connection.off('close', tell);
  }
};
