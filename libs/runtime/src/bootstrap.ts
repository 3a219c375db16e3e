import { randomUUID } from 'node:crypto';
import { HttpException, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import { Logger as NestLogger } from 'nestjs-pino';
import { measureRequests } from './measure-requests';
import { limitRequests } from './request-limits';
import { logRequests, type Routine } from './request-log';
import type { Runtime } from './runtime';
import { traceRequests } from './tracing/trace-requests';

export type BootstrapOptions = {
  readonly runtime: Runtime;
  /** 0 takes any free port. */
  readonly port: number;
  /** `0.0.0.0` by default. */
  readonly host?: string;
  /** What serves the app's `@EventPattern` handlers. */
  readonly strategies?: readonly CustomTransportStrategy[];
  /** Longer bodies are answered 413; 64 KiB by default. */
  readonly bodyLimitBytes?: number;
  /** Requests that are logged only when they fail; the others have a line each. */
  readonly routine?: Routine;
  /** Called before the app listens: OpenAPI, static files, pipes, and parsers of bodies beside JSON and plain text. */
  readonly configure?: (app: NestFastifyApplication) => void | Promise<void>;
  /** Answers a request whose address cannot be read, which no route and no filter ever sees. Fastify does, if absent. */
  readonly answerUnread?: AnswerUnread;
  /** Under which address (path and query) a request is routed that came for this one; its own, if absent. */
  readonly routedAs?: (url: string) => string;
};

type AnswerUnread = (error: HttpException, request: FastifyRequest, reply: FastifyReply) => void;

/** One route of an app, as its server knows it: `GET`, `/v1/trainees/:phone`. */
export type Route = { readonly method: string; readonly path: string };

/** An app that listens. `close()` stops it in order: readiness, HTTP, consumers, stores. */
export type RunningApp = {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly routes: readonly Route[];
  readonly close: () => Promise<void>;
};

const usualBodyLimit = 64 * 1024;

const refusing =
  (answer: AnswerUnread): NonNullable<FastifyServerOptions['frameworkErrors']> =>
  ({ message, statusCode = 400 }, request, reply) =>
    answer(new HttpException(message, statusCode), request, reply);

const create = async (
  module: Type | DynamicModule,
  options: BootstrapOptions,
): Promise<NestFastifyApplication> => {
  const { bodyLimitBytes: bodyLimit = usualBodyLimit, answerUnread, routedAs } = options;
  const adapter = new FastifyAdapter({
    bodyLimit,
    genReqId: () => randomUUID(),
    ...(answerUnread && { frameworkErrors: refusing(answerUnread) }),
    ...(routedAs && { rewriteUrl: ({ url = '/' }) => routedAs(url) }),
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bufferLogs: true,
    bodyParser: false,
    abortOnError: false,
  });
  app.useLogger(app.get(NestLogger));
  return app;
};

/** Collects the routes from now on, whoever adds them: controllers, OpenAPI, static files. */
const routesOf = (app: NestFastifyApplication): readonly Route[] => {
  const routes: Route[] = [];
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) routes.push({ method: one, path: url });
    });
  return routes;
};

const addressOf = async (app: NestFastifyApplication): Promise<string> =>
  (await app.getUrl()).replace(/\/\/(\[::1?\]|0\.0\.0\.0)/, '//127.0.0.1');

/** Closes once, however often it is asked to. */
const closing = (app: NestFastifyApplication, { health, logger, tracer }: Runtime): (() => Promise<void>) => {
  let closed: Promise<void> | undefined;
  return () => {
    health.drain();
    closed ??= app
      .close()
      .finally(() => tracer.close())
      .then(() => logger.info('stopped'));
    return closed;
  };
};

/**
 * Starts an app: its handlers on their strategies, its routes on Fastify. Installs no process handlers, so several
 * apps can run in one process. The module must import RuntimeModule. Rejects when the port cannot be bound.
 */
export const bootstrapApp = async (
  module: Type | DynamicModule,
  options: BootstrapOptions,
): Promise<RunningApp> => {
  const { runtime } = options;
  const app = await create(module, options);
  const close = closing(app, runtime);
  const routes = routesOf(app);
  let url: string;
  try {
    logRequests(app, runtime.logger, options.routine);
    measureRequests(app, runtime.metrics);
    traceRequests(app, runtime.tracer);
    limitRequests(app);
    await options.configure?.(app);
    for (const strategy of options.strategies ?? []) app.connectMicroservice({ strategy });
    await app.listen(options.port, options.host ?? '0.0.0.0');
    url = await addressOf(app);
    /* Last: who is stopped from here on is closed, and leaves what it joins; before, the process just ends. */
    await app.startAllMicroservices();
  } catch (error) {
    await close();
    throw error;
  }
  runtime.health.started();
  runtime.logger.info({ url }, 'listening');
  return { app, url, routes, close };
};
