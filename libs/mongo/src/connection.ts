import { createConnection, type Connection, type ConnectOptions } from 'mongoose';
import { type Health, waitFor } from '@stopcovid/runtime';
import { patchDriver } from './driver-patch';
import { checkEnvironment } from './other-environment';
import { whyNotConnected } from './why-not-connected';

/** Where the server is, and who says so when it cannot be reached. */
export type MongoSettings = {
  /** A connection string with the database's name, for example mongodb://127.0.0.1:27017/stopcovid */
  readonly url: string;
  /** What the server's own logs call this client. */
  readonly appName: string;
  readonly logger: MongoLogger;
  /** Where readiness says what is waited for. */
  readonly health?: Health;
  /** The environment that the database must belong to, where it says one; any without. */
  readonly environment?: string | undefined;
  /** Ends the waiting for a server that is not there yet. */
  readonly until?: AbortSignal;
};

/** What `connectMongo` needs of a logger: pino's order of arguments. */
export interface MongoLogger {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

/** The check of readiness that tells of the database. */
export const mongoCheck = 'mongodb';

const backoff = { firstMs: 500, maxMs: 5_000 };

/**
 * A write is acknowledged once a majority has it in its journal: what is below that can be rolled back. Nothing is
 * buffered while the server is away, and the driver does not retry writes: callers do, knowing what they wrote.
 */
const options: ConnectOptions = {
  writeConcern: { w: 'majority', journal: true },
  readConcern: { level: 'majority' },
  readPreference: 'primary',
  retryWrites: false,
  ignoreUndefined: true,
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
  maxPoolSize: 16,
  minPoolSize: 1,
  serverSelectionTimeoutMS: 3_000,
  connectTimeoutMS: 3_000,
  socketTimeoutMS: 30_000,
  waitQueueTimeoutMS: 5_000,
};

/**
 * A connection that has answered. A server that is not there yet is waited for, or that refuses the login, and so is a
 * database that belongs to another environment; the log and readiness say so after each try. A wrong connection string,
 * or `until`, is thrown.
 */
export const connectMongo = async (settings: MongoSettings): Promise<Connection> => {
  const { logger, health, until } = settings;
  const server = serverOf(settings.url);
  patchDriver();
  const connection = await waitFor(() => open(settings), {
    check: mongoCheck,
    why: whyNotConnected,
    logger,
    health,
    until,
    backoff,
    about: { server },
  });
  logger.info({ server }, 'MongoDB answers');
  return connection;
};

const open = async ({ url, appName, environment }: MongoSettings): Promise<Connection> => {
  const connection = createConnection(url, { ...options, appName });
  try {
    await connection.asPromise();
    await connection.db?.command({ ping: 1 });
    if (environment !== undefined) await checkEnvironment(connection, environment);
    return connection;
  } catch (error) {
    await connection.close().catch(() => undefined);
    throw error;
  }
};

/** Host and database alone: the connection string may hold a password. */
export const serverOf = (url: string): string =>
  url
    .replace(/^[a-z+]+:\/\/(?:[^@/]*@)?/, '')
    .split('?', 1)
    .join();
