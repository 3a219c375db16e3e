import { Health } from './health';
import { createLogger, type Logger, type LoggerOptions } from './logger';
import { Metrics } from './metrics';
import type { ServiceConfig } from './service-config';
import { showHealth } from './show-health';
import { machineClock, type WallClock } from './wall-clock';

/** What every part of an app is given besides its own collaborators. */
export type Runtime = {
  readonly service: string;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly clock: WallClock;
};

/** Makes the runtime of one app from its configuration; several can live in one process. */
export const createRuntime = (
  service: string,
  config: Pick<ServiceConfig, 'LOG_LEVEL' | 'LOG_FORMAT'>,
  destination?: LoggerOptions['destination'],
): Runtime => {
  const metrics = new Metrics(service);
  const health = new Health();
  showHealth(health, metrics);
  return {
    service,
    logger: createLogger(service, {
      level: config.LOG_LEVEL,
      format: config.LOG_FORMAT,
      ...(destination ? { destination } : {}),
    }),
    metrics,
    health,
    clock: machineClock,
  };
};
