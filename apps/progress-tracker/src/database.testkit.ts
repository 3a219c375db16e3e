import { connectMongo, testDatabase } from '@stopcovid/mongo';

type Connection = Awaited<ReturnType<typeof connectMongo>>;

/** Connects to a database of its own each time it is asked; all connections are closed when the spec file is through. */
export const newDatabases = (): (() => Promise<Connection>) => {
  const open: Connection[] = [];
  afterAll(async () => {
    for (const connection of open) await connection.close();
  });
  return async () => {
    const connection = await connectMongo(testDatabase());
    open.push(connection);
    return connection;
  };
};
