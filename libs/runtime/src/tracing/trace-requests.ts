import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ownContext, spanTime, type Tracer } from './tracer';
import { readTraceparent, type SpanContext } from './trace-place';

const isProbe = (route: string): boolean => /^\/(health|metrics)\b/.test(route);

/** What a route says of its request while it works on it: in which trace it belongs, if not in one of its own. */
export type TracedRequest = { spanContext?: SpanContext };

/**
 * A span for each request that was answered, by its route as it was declared, never by its address, which may hold a
 * phone. It goes on from the `traceparent` that it came with, unless its route put it elsewhere: then it is linked.
 */
export const traceRequests = (app: NestFastifyApplication, tracer: Tracer): void => {
  if (!tracer.isOn) return;
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onResponse', (request, reply, done) => {
    const { url: route = 'none' } = request.routeOptions;
    if (!isProbe(route)) tracer.tell(spanOf(request, route, reply));
    done();
  });
};

type Request = TracedRequest & {
  readonly method: string;
  readonly headers: Readonly<Record<string, unknown>>;
};
type Reply = { readonly statusCode: number; readonly elapsedTime: number };

const placeOf = ({ spanContext, headers }: Request) => {
  const from = readTraceparent(headers['traceparent']);
  if (spanContext !== undefined) return { context: spanContext, ...(from && { links: [from] }) };
  const own = ownContext();
  return from ? { context: { ...own, traceId: from.traceId }, parentId: from.spanId } : { context: own };
};

const spanOf = (request: Request, route: string, { statusCode, elapsedTime }: Reply) => {
  const endedAt = spanTime();
  return {
    ...placeOf(request),
    name: `${request.method} ${route}`,
    kind: 'server' as const,
    startedAt: endedAt - elapsedTime,
    endedAt,
    attributes: {
      'http.request.method': request.method,
      'http.route': route,
      'http.response.status_code': statusCode,
    },
    ...(statusCode >= 500 && { failure: `HTTP ${statusCode}` }),
  };
};
