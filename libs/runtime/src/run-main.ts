import { ConfigError, loadConfig, type Environment } from './load-config';
import { createLogger, type Logger } from './logger';
import type { RunningApp } from './bootstrap';
import { ServiceConfig } from './service-config';

type Ending = { readonly logger: Logger; readonly graceMs: number };

const exit = (logger: Logger, code: number): never => {
  logger.flush();
  process.exit(code);
};

const stop = async (
  running: Promise<RunningApp>,
  signal: string,
  { logger, graceMs }: Ending,
): Promise<void> => {
  logger.info({ signal }, 'stopping');
  setTimeout(() => {
    logger.fatal({ graceMs }, 'did not stop in time');
    exit(logger, 1);
  }, graceMs).unref();
  try {
    await (await running).close();
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
 * Runs one app as the whole process: stops it in order on SIGTERM and SIGINT, ends with code 1 when it could not
 * start, when something escaped, or when stopping takes longer than the grace period.
 */
export const runMain = async (service: string, start: () => Promise<RunningApp>): Promise<void> => {
  const logger = createLogger(service);
  watchProcess(logger);
  const running = start();
  const ending = { logger, graceMs: graceOf(process.env) };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void stop(running, signal, ending));
  await running.catch((error: unknown) => startFailed(logger, error));
};
