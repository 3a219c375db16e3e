import { type DynamicModule, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { LoggerModule } from 'nestjs-pino';
import { Health } from './health';
import { HealthController } from './health.controller';
import type { Logger } from './logger';
import { Metrics } from './metrics';
import { MetricsController } from './metrics.controller';
import type { Runtime } from './runtime';

/** The token of an app's pino logger, for `@Inject(LOGGER)`. */
export const LOGGER = Symbol('LOGGER');

/** The token of an app's tracer. */
export const TRACER = Symbol('TRACER');

/** Nest's own logs through the app's logger. No route gets its middleware: `logRequests` costs less. */
export const loggingModule = (logger: Logger): DynamicModule =>
  LoggerModule.forRoot({ pinoHttp: { logger, autoLogging: false }, forRoutes: [] });

/** `GET /health/live` and `GET /health/ready`. */
@Module({})
export class HealthModule {
  static with(health: Health): DynamicModule {
    return {
      module: HealthModule,
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController],
      providers: [{ provide: Health, useValue: health }],
      exports: [Health],
    };
  }
}

/** `GET /metrics` for Prometheus. */
@Module({})
export class MetricsModule {
  static with(metrics: Metrics): DynamicModule {
    return {
      module: MetricsModule,
      controllers: [MetricsController],
      providers: [{ provide: Metrics, useValue: metrics }],
      exports: [Metrics],
    };
  }
}

/** Logging, health and metrics of one app; its logger, Health and Metrics can be injected everywhere. */
@Module({})
export class RuntimeModule {
  static with(runtime: Runtime): DynamicModule {
    return {
      module: RuntimeModule,
      global: true,
      imports: [
        loggingModule(runtime.logger),
        HealthModule.with(runtime.health),
        MetricsModule.with(runtime.metrics),
      ],
      providers: [
        { provide: LOGGER, useValue: runtime.logger },
        { provide: TRACER, useValue: runtime.tracer },
      ],
      exports: [LOGGER, TRACER, HealthModule, MetricsModule],
    };
  }
}
