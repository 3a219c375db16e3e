import { createServer } from 'node:net';

/** A loopback port that nothing listens on just now; somebody else may take it the next moment. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : undefined;
      server.close(() => (port === undefined ? reject(new Error('no port is free')) : resolve(port)));
    });
  });
