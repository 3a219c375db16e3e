import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that can be spoilt. */
export type Relay = {
  readonly port: number;
  /** Ends all connections, whatever is under way on them. Who comes again gets through. */
  readonly cut: () => void;
  /** The server gets the next bytes that have these in them; its answer is lost, and so is their connection. */
  readonly loseAnswerTo: (bytes: string) => void;
  readonly close: () => void;
};

/** Passes on what comes in at a port of its own. */
export const relayTo = async (host: string, port: number): Promise<Relay> => {
  const open = new Set<Socket>();
  let losing: string | undefined;
  const keep = (socket: Socket, end: () => void): void => {
    open.add(socket);
    socket.on('error', end).on('close', () => {
      open.delete(socket);
      end();
    });
  };
  const server = createServer((client) => {
    const behind = connect(port, host);
    const end = (): void => {
      client.destroy();
      behind.destroy();
    };
    for (const socket of [client, behind]) keep(socket, end);
    let isLost = false;
    client.on('data', (chunk) => {
      if (losing !== undefined && chunk.includes(losing)) {
        losing = undefined;
        isLost = true;
      }
      behind.write(chunk);
    });
    behind.on('data', (chunk) => (isLost ? end() : client.write(chunk)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    loseAnswerTo: (bytes) => void (losing = bytes),
    close: () => {
      server.close();
      cut();
    },
  };
};
