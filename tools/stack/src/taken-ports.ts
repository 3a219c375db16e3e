import { createServer } from 'node:net';
import type { Ports } from './environment';

const isTaken = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(true));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(false)));
  });

/** Which of these ports of this machine nobody can listen on, ascending. */
export const takenPorts = async (ports: Ports): Promise<readonly number[]> => {
  const taken: number[] = [];
  for (const port of Object.values(ports)) if (await isTaken(port)) taken.push(port);
  return taken.sort((one, other) => one - other);
};

const portsOfStack = 5;
const lastPort = 65_535;

/** The ports of a stack, one after the other from `first`. Throws where that is no port, or leaves no room for five. */
export const portsFrom = (first: string): Ports => {
  const emulator = Number(first);
  if (!Number.isInteger(emulator) || emulator < 1 || emulator > lastPort - portsOfStack + 1)
    throw new RangeError(`PORT must be a number from 1 to ${lastPort - portsOfStack + 1}, not '${first}'`);
  return {
    emulator,
    ingress: emulator + 1,
    engine: emulator + 2,
    sender: emulator + 3,
    tracker: emulator + 4,
  };
};
