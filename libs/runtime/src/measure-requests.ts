import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Metrics } from './metrics';

/** `2xx` for 204. */
const kindOf = (status: number): string => `${Math.trunc(status / 100)}xx`;

/** Times each request by its route as it was declared, never by its address, which may hold a phone. */
export const measureRequests = (app: NestFastifyApplication, metrics: Metrics): void => {
  const seconds = metrics.histogram('http_request_seconds', 'Requests by route, to the end of the answer.', [
    'method',
    'route',
    'status',
  ]);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onResponse', ({ method, routeOptions: { url: route = 'none' } }, reply, done) => {
    seconds.observe({ method, route, status: kindOf(reply.statusCode) }, reply.elapsedTime / 1_000);
    done();
  });
};
