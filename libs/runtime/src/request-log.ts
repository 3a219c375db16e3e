import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Caller } from './caller';
import type { Logger } from './logger';
import { maskPath } from './mask-phone';

/** Requests whose success nobody needs to read of, by their path without its query. */
export type Routine = (path: string) => boolean;

const isProbe = (path: string): boolean => /^\/(health|metrics)\b/.test(path);

/** What of persons an answer told: of which list, and how many rows of it. Whoever answers leaves it with the request. */
export type WasRead = { wasRead?: () => { readonly list: string; readonly count: number } };

/** What of an answered request is looked at. */
type Answered = WasRead & {
  readonly id: string;
  readonly method: string;
  readonly originalUrl: string;
  readonly caller?: Caller;
};

const line = (
  { id, method, originalUrl, caller, wasRead }: Answered,
  status: number,
  ms: number,
): object => ({
  ...(caller && { by: caller.name }),
  ...(wasRead && { read: wasRead() }),
  req: { id, method, path: maskPath(originalUrl) },
  res: { status },
  responseTime: Math.round(ms),
});

/**
 * One line per request once it is answered: the name of whose key it had, the id that an answer may name, what
 * of persons it told, and neither query nor headers nor body. Probes have none, and neither do routine ones that went well. It is a hook of Fastify's, because a middleware costs more than many a handler.
 */
export const logRequests = (
  app: NestFastifyApplication,
  logger: Logger,
  routine: Routine = () => false,
): void => {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onResponse', (request, reply, done) => {
    const { statusCode } = reply;
    const path = request.originalUrl.split('?')[0] ?? '';
    if (statusCode >= 500) logger.error(line(request, statusCode, reply.elapsedTime), 'request failed');
    else if (!isProbe(path) && !(statusCode < 400 && routine(path)))
      logger.info(line(request, statusCode, reply.elapsedTime), 'request completed');
    done();
  });
};
