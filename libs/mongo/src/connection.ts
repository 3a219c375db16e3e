import { createConnection, type Connection, type ConnectOptions } from 'mongoose';
import { pause } from '@stopcovid/runtime';
import { patchDriver } from './driver-patch';

/** Where the server is, and who says so when it cannot be reached. */
export type MongoSettings = {
  /** A connection string with the database's name, for example mongodb://127.0.0.1:27017/stopcovid */
  readonly url: string;
  /** What the server's own logs call this client. */
  readonly appName: string;
  readonly logger: MongoLogger;
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

const firstPauseMs = 250;
const longestPauseMs = 5_000;

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

/** The database says that it belongs to another environment. Somebody may yet set that right, here or there. */
class OtherEnvironment extends Error {}

/**
 * A connection that has answered. A server that is not there yet is waited for, with a line in the log per attempt, and
 * so is a database that belongs to another environment; a wrong connection string, or `until`, is thrown.
 */
export const connectMongo = async (settings: MongoSettings): Promise<Connection> => {
  const { logger, url } = settings;
  patchDriver();
  for (let attempt = 1; ; attempt += 1) {
    try {
      const connection = await open(settings);
      logger.info({ server: serverOf(url), attempt }, 'MongoDB answers');
      return connection;
    } catch (error) {
      if (!canComeBack(error) || settings.until?.aborted === true) throw error;
      const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempt, 10));
      const details = { server: serverOf(url), attempt, pauseMs, reason: reasonOf(error) };
      if (error instanceof OtherEnvironment)
        logger.warn({ alarm: 'other-environment', ...details }, 'the database is not ours');
      else logger.warn(details, 'MongoDB does not answer');
      await pause(pauseMs, settings.until);
    }
  }
};

type Marker = { readonly _id: string; readonly name: string };

/* A database is given its name by hand, after services have made it: one that says nothing is let be. */
const checkEnvironment = async (connection: Connection, ours: string): Promise<void> => {
  const marker = await connection.collection<Marker>('deployment').findOne({ _id: 'environment' });
  if (marker === null || marker.name === ours) return;
  throw new OtherEnvironment(
    `it belongs to the environment ${marker.name}, and DIALOG_ENVIRONMENT says ${ours}: set MONGODB_URL or DIALOG_ENVIRONMENT right`,
  );
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

/** Only what may become right is worth waiting for; a refused password or a broken address stays so. */
const canComeBack = (error: unknown): boolean =>
  error instanceof OtherEnvironment ||
  (error instanceof Error && /ServerSelection|Network|Disconnected|PoolCleared/.test(error.name));

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Host and database alone: the connection string may hold a password. */
export const serverOf = (url: string): string =>
  url
    .replace(/^[a-z+]+:\/\/(?:[^@/]*@)?/, '')
    .split('?', 1)
    .join();
