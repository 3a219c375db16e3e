import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/*
 * Systems give outgoing connections ports from 32,768 or higher, and any moment: a port from there may be taken between
 * our look and the start of whoever is to listen on it.
 */
const lowest = 20_000;
const belowOutgoing = 32_000;
const tries = 100;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** A loopback port by chance that nothing listens on just now, and that no outgoing connection is given. */
export const freePort = async (): Promise<number> => {
  for (let count = 0; count < tries; count += 1) {
    const port = randomInt(lowest, belowOutgoing);
    if (await isFree(port)) return port;
  }
  throw new Error(`no port of ${lowest} to ${belowOutgoing} is free`);
};
