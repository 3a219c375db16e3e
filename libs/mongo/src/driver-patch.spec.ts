import { once } from 'node:events';
import { createRequire } from 'node:module';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { patchDriver } from './driver-patch';

type DriverConnection = {
  destroy(): void;
  writeCommand(command: { toBin(): readonly Buffer[] }, options: object): Promise<void>;
};
type Driver = { readonly Connection: new (stream: Socket, options: object) => DriverConnection };

const driver = (): Driver => {
  const load = createRequire(createRequire(__filename).resolve('mongoose'));
  return load('mongodb/lib/cmap/connection') as Driver;
};

/** More than two kernels keep for who does not read. */
const huge = { toBin: () => [Buffer.alloc(64 * 1024 * 1024)] };
const small = { toBin: () => [Buffer.from('x')] };
const plain = { agreedCompressor: 'none' };

describe('a command of the driver', () => {
  let server: Server;
  let theirs: Socket;
  let connection: DriverConnection;
  beforeEach(async () => {
    patchDriver();
    server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
      theirs = socket.on('error', () => undefined);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    const socket = connect(address.port, '127.0.0.1');
    await Promise.all([once(socket, 'connect'), once(server, 'connection')]);
    connection = new (driver().Connection)(socket, { hostAddress: { toString: () => 'here' } });
  });
  afterEach(() => {
    connection.destroy();
    theirs.destroy();
    server.close();
  });

  it('that the other side does not read ends with its connection', async () => {
    const written = connection.writeCommand(huge, plain);
    connection.destroy();
    await expect(written).rejects.toThrow(/closed/);
  });

  it('ends when the other side ends without having read it', async () => {
    const written = connection.writeCommand(huge, plain);
    theirs.destroy();
    await expect(written).rejects.toThrow();
  });

  it('is written when the other side reads', async () => {
    theirs.resume();
    await expect(connection.writeCommand(huge, plain)).resolves.toBeUndefined();
    await expect(connection.writeCommand(small, plain)).resolves.toBeUndefined();
  });
});
