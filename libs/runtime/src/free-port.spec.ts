import { createServer } from 'node:net';
import { freePort } from './free-port';

const listening = (port: number): Promise<() => Promise<void>> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () =>
      resolve(() => new Promise((closed) => void server.close(() => closed()))),
    );
  });

describe('a free port', () => {
  it('can be listened on, and is none that outgoing connections are given', async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, freePort));
    const ends = await Promise.all([...new Set(ports)].map(listening));
    await Promise.all(ends.map((end) => end()));
    expect(ports.filter((port) => port >= 32_768)).toEqual([]);
  });
});
