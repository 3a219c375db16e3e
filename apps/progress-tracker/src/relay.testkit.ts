import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that can be cut. */
export type Relay = {
  readonly port: number;
  /** Ends all connections, whatever is under way on them. Who comes again gets through. */
  readonly cut: () => void;
  readonly close: () => void;
};

/** Passes on what comes in at a port of its own. */
export const relayTo = async (host: string, port: number): Promise<Relay> => {
  const open = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    open.add(socket);
    return socket.on('error', () => undefined).on('close', () => open.delete(socket));
  };
  const server = createServer((theirs) => {
    const ours = keep(connect(port, host));
    keep(theirs).pipe(ours).pipe(theirs);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the relay has no port');
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: address.port,
    cut,
    close: () => {
      server.close();
      cut();
    },
  };
};
