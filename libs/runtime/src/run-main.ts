import { ConfigError, loadConfig, type Environment } from './load-config';
import { createLogger, type Logger } from './logger';
import type { RunningApp } from './bootstrap';
import { ServiceConfig } from './service-config';

type Ending = {
  readonly logger: Logger;
  readonly graceMs: number;
  /** The app, once it has started. */
  readonly started: () => RunningApp | undefined;
};

const exit = (logger: Logger, code: number): never => {
  logger.flush();
  process.exit(code);
};

const stop = async (signal: string, { logger, graceMs, started }: Ending): Promise<void> => {
  const app = started();
  logger.info({ signal }, 'stopping');
  /* It may wait for its servers, for as long as it takes; nothing that would have to end in order has begun. */
  if (app === undefined) return exit(logger, 0);
  setTimeout(() => {
    logger.fatal({ graceMs }, 'did not stop in time');
    exit(logger, 1);
  }, graceMs).unref();
  try {
    await app.close();
    exit(logger, 0);
  } catch (error) {
    logger.fatal({ err: error }, 'did not stop cleanly');
    exit(logger, 1);
  }
};

const watchProcess = (logger: Logger): void => {
  const die = (what: string) => (error: unknown) => {
    logger.fatal({ err: error }, what);
    exit(logger, 1);
  };
  process.on('uncaughtException', die('an exception escaped'));
  process.on('unhandledRejection', die('a rejection escaped'));
};

const startFailed = (logger: Logger, error: unknown): never => {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else logger.fatal({ err: error }, 'could not start');
  return exit(logger, 1);
};

/** SHUTDOWN_GRACE_MS. An environment that is wrong is the app's to complain of; the default serves until then. */
const graceOf = (env: Environment): number => {
  const { SHUTDOWN_GRACE_MS } = new ServiceConfig();
  try {
    return loadConfig(ServiceConfig, env).SHUTDOWN_GRACE_MS;
  } catch {
    return SHUTDOWN_GRACE_MS;
  }
};

/**
 * Runs one app as the whole process: stops it in order on SIGTERM and SIGINT, at once while it still starts, ends with
 * code 1 when it could not start, when something escaped, or when stopping takes longer than the grace period.
 */
export const runMain = async (service: string, start: () => Promise<RunningApp>): Promise<void> => {
  const logger = createLogger(service);
  watchProcess(logger);
  let running: RunningApp | undefined;
  const ending: Ending = { logger, graceMs: graceOf(process.env), started: () => running };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal, ending));
  try {
    running = await start();
  } catch (error) {
    startFailed(logger, error);
  }
};
