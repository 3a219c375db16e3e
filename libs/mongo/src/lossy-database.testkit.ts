import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { testDatabase } from './database.testkit';
import { watchedDatabase, type WatchedDatabase } from './watched-database.testkit';

/** A watched database on a way that can lose an answer. */
export type LossyDatabase = WatchedDatabase & {
  /** The server carries out the next command of this name; its answer is lost, and so is its connection. */
  readonly loseAnswerTo: (command: string) => void;
  /** Drops the database, and closes connection and way. */
  readonly close: () => Promise<void>;
};

type Way = { losing: string | undefined };

/** A command is the first field of its message, a string under its own name. */
const names = (chunk: Buffer, command: string): boolean => chunk.includes(`\u0002${command}\0`);

const passOn = (way: Way, client: Socket, server: Socket): void => {
  let isLost = false;
  const end = (): void => {
    client.destroy();
    server.destroy();
  };
  client.on('data', (chunk) => {
    if (way.losing !== undefined && names(chunk, way.losing)) {
      way.losing = undefined;
      isLost = true;
    }
    server.write(chunk);
  });
  server.on('data', (chunk) => (isLost ? end() : client.write(chunk)));
  for (const socket of [client, server]) socket.on('error', end).on('close', end);
};

const listen = async (way: Way, { hostname, port }: URL): Promise<Server> => {
  const server = createServer((client) =>
    passOn(way, client, connect({ host: hostname, port: Number(port || 27_017) })),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
};

/** Connects as the services do, by that way. */
export const lossyDatabase = async (): Promise<LossyDatabase> => {
  const settings = testDatabase();
  const url = new URL(settings.url);
  const way: Way = { losing: undefined };
  const server = await listen(way, url);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  /* Members of a set would be asked by their own names, past this way. */
  url.searchParams.set('directConnection', 'true');
  const database = await watchedDatabase({ ...settings, url: url.href });
  return {
    ...database,
    loseAnswerTo: (command) => void (way.losing = command),
    close: async () => {
      await database.connection.dropDatabase();
      await database.connection.close();
      server.close();
    },
  };
};
