import type { IncomingMessage } from 'node:http';
import { type DynamicModule, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { LoggerModule } from 'nestjs-pino';
import { Health } from './health';
import { HealthController } from './health.controller';
import type { Logger } from './logger';
import { maskPath } from './mask-phone';
import { Metrics } from './metrics';
import { MetricsController } from './metrics.controller';
import type { Runtime } from './runtime';

/** The token of an app's pino logger, for `@Inject(LOGGER)`. */
export const LOGGER = Symbol('LOGGER');

/** Fastify's middleware engine shortens `url`; `originalUrl` is what was asked for. */
const unremarkable = (request: IncomingMessage & { readonly originalUrl?: string }): boolean =>
  /^\/(health|metrics)\b/.test(request.originalUrl ?? request.url ?? '');

const requestShown = (request: { readonly method: string; readonly url: string }): object => ({
  method: request.method,
  path: maskPath(request.url),
});

/** Nest's own logs and one line per request, through the app's logger, without queries, headers or bodies. */
export const loggingModule = (logger: Logger): DynamicModule =>
  LoggerModule.forRoot({
    pinoHttp: {
      logger,
      quietReqLogger: true,
      autoLogging: { ignore: unremarkable },
      serializers: {
        req: requestShown,
        res: (response: { statusCode: number }) => ({ status: response.statusCode }),
      },
    },
  });

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
      providers: [{ provide: LOGGER, useValue: runtime.logger }],
      exports: [LOGGER, HealthModule, MetricsModule],
    };
  }
}
