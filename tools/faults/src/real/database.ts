import { connectMongo } from '@stopcovid/mongo';
import { silent, type System } from './system';

export type Connection = Awaited<ReturnType<typeof connectMongo>>;

/** Works with the services' database, past all links. */
export const withDatabase = async <T>(
  { direct }: System,
  work: (connection: Connection) => Promise<T>,
): Promise<T> => {
  const connection = await connectMongo({ url: direct.mongodbUrl, appName: 'faults', logger: silent });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
};
