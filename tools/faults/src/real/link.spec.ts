import { once } from 'node:events';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { openLink, type Link } from './link';

describe('a link between a service and a server', () => {
  let echo: Server;
  let link: Link;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
    echo.listen(0, '127.0.0.1');
    await once(echo, 'listening');
    const address = echo.address();
    const targetPort = typeof address === 'object' && address ? address.port : 0;
    link = await openLink({ port: 0, targetPort, random: () => 0.5 });
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await link.close();
    echo.close();
  });

  const connect = async (): Promise<Socket> => {
    const socket = createConnection({ port: link.port, host: '127.0.0.1' });
    sockets.push(socket);
    await once(socket, 'connect');
    return socket.on('error', () => undefined).setEncoding('utf8');
  };
  const reply = async (socket: Socket): Promise<string> => String((await once(socket, 'data'))[0]);
  const isQuiet = async (socket: Socket): Promise<boolean> => {
    const heard = reply(socket).then(() => false);
    return Promise.race([heard, new Promise<true>((resolve) => setTimeout(() => resolve(true), 80))]);
  };

  it('carries bytes both ways while it is well', async () => {
    const socket = await connect();
    socket.write('hello');
    await expect(reply(socket)).resolves.toBe('hello');
  });

  it.each(['both', 'server', 'client'] as const)(
    'holds bytes back while it is silent towards %s, and hands them over when it is healed',
    async (towards) => {
      const socket = await connect();
      await link.spoil({ kind: 'silent', towards });
      socket.write('late');
      await expect(isQuiet(socket)).resolves.toBe(true);
      const heard = reply(socket);
      await link.heal();
      await expect(heard).resolves.toBe('late');
    },
  );

  it('delays bytes by its delay and half of its jitter, both ways, in their order', async () => {
    const socket = await connect();
    await link.spoil({ kind: 'slow', delayMs: 40, jitterMs: 20 });
    const start = performance.now();
    socket.write('one');
    const first = await reply(socket);
    socket.write('two');
    expect([first, await reply(socket)]).toEqual(['one', 'two']);
    expect(performance.now() - start).toBeGreaterThanOrEqual(195);
  });

  it('cuts open connections, and takes new ones', async () => {
    const socket = await connect();
    socket.write('hello');
    await reply(socket);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    link.cut();
    await closed;
    const next = await connect();
    next.write('again');
    await expect(reply(next)).resolves.toBe('again');
  });

  it('refuses connections until it is healed, on the same port', async () => {
    const { port } = link;
    await link.spoil({ kind: 'refuse' });
    await expect(connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await link.heal();
    const socket = await connect();
    socket.write('back');
    await expect(reply(socket)).resolves.toBe('back');
    expect(link.port).toBe(port);
  });
});
