import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** One address before several: connections go to them in turn, as behind a balancer. */
export type Balancer = { readonly port: number; readonly close: () => Promise<void> };

/** Starts it on a free loopback port; the targets are ports of this machine. */
export const startBalancer = async (targets: () => readonly number[]): Promise<Balancer> => {
  const open = new Set<Socket>();
  let taken = 0;
  const server = createServer((from) => {
    const ports = targets();
    const to = connect({ host: '127.0.0.1', port: ports[taken++ % ports.length] ?? 0 });
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      open.add(one);
      one.once('close', () => open.delete(one));
      one.on('error', () => other.destroy());
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
