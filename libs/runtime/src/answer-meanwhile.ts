import { createServer, type RequestListener, type Server } from 'node:http';
import type { Health, HealthReport } from './health';
import type { Runtime } from './runtime';
import type { ServiceConfig } from './service-config';

/** Where an app will listen, and what it says of itself. */
type Door = {
  readonly config: Pick<ServiceConfig, 'PORT' | 'HOST'>;
  readonly runtime: Pick<Runtime, 'health'>;
};

const told = ({ up, checks }: HealthReport): string =>
  JSON.stringify({
    status: up ? 'ok' : 'error',
    details: Object.fromEntries(
      Object.entries(checks).map(([name, { up: isUp, detail }]) => [
        name,
        { status: isUp ? 'up' : 'down', ...(detail !== undefined && { detail }) },
      ]),
    ),
  });

const answering =
  (health: Health): RequestListener =>
  (request, response) => {
    const report = request.url === '/health/live' ? health.live() : health.ready();
    void report.then((found) => {
      response.writeHead(found.up ? 200 : 503, { 'content-type': 'application/json', connection: 'close' });
      response.end(told(found));
    });
  };

const opened = ({ config, runtime }: Door): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer(answering(runtime.health));
    server.once('error', reject);
    server.listen(config.PORT, config.HOST, () => resolve(server));
  });

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/**
 * Does what an app must wait for before it can serve, and answers at its port meanwhile: alive, and not ready whatever
 * is asked. So who watches the process sees that it waits, and does not start it again and again. Rejects when the port
 * is taken, and as `wait` does. With port 0 nobody could know where to ask: then nothing answers.
 */
export const answerMeanwhile = async <T>(door: Door, wait: () => Promise<T>): Promise<T> => {
  if (door.config.PORT === 0) return wait();
  const server = await opened(door);
  try {
    return await wait();
  } finally {
    await closed(server);
  }
};
