import { Health } from './health';
import { createLogger, type Logger, type LoggerOptions } from './logger';
import { Metrics } from './metrics';
import type { ServiceConfig } from './service-config';
import { showHealth } from './show-health';
import { ExportingTracer, type ExportParts } from './tracing/exporting-tracer';
import { silentTracer, type Tracer } from './tracing/tracer';
import { machineClock, type WallClock } from './wall-clock';

/** What every part of an app is given besides its own collaborators. */
export type Runtime = {
  readonly service: string;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly clock: WallClock;
  readonly tracer: Tracer;
};

/** The settings that a runtime is made from. */
type RuntimeConfig = Pick<ServiceConfig, 'LOG_LEVEL' | 'LOG_FORMAT'> & Partial<ServiceConfig>;

const tracerOf = (config: RuntimeConfig, parts: ExportParts): Tracer => {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: headers } = config;
  if (endpoint === undefined) return silentTracer(parts.service);
  const { OTEL_TRACES_SAMPLER_ARG: ratio = 1, OTEL_RESOURCE_ATTRIBUTES: resource = '' } = config;
  return new ExportingTracer({ endpoint, headers: headers?.reveal() ?? '', ratio, resource }, parts);
};

/** Makes the runtime of one app from its configuration; several can live in one process. */
export const createRuntime = (
  service: string,
  config: RuntimeConfig,
  destination?: LoggerOptions['destination'],
): Runtime => {
  const metrics = new Metrics(service);
  const health = new Health();
  showHealth(health, metrics);
  const logger = createLogger(service, {
    level: config.LOG_LEVEL,
    format: config.LOG_FORMAT,
    ...(destination ? { destination } : {}),
  });
  const tracer = tracerOf(config, { service, logger, metrics });
  return { service, logger, metrics, health, clock: machineClock, tracer };
};
