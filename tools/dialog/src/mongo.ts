import { connectMongo } from '@stopcovid/mongo';
import { UnavailableError, UsageError } from './exit';

/** A connection to the database. */
export type MongoConnection = Awaited<ReturnType<typeof connectMongo>>;

const patienceMs = 5_000;
const quiet = { info: () => undefined, warn: () => undefined };

/** Runs a subcommand on the database that `--mongodb` or MONGODB_URL names, and closes the connection after it. */
export const withMongo = async <T>(
  url: string | undefined,
  use: (connection: MongoConnection) => Promise<T>,
): Promise<T> => {
  if (!url) {
    throw new UsageError(
      'Which database? Give --mongodb or set MONGODB_URL, for example mongodb://127.0.0.1:27017/stopcovid',
    );
  }
  const connection = await connect(url);
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
};

const connect = async (url: string): Promise<MongoConnection> => {
  try {
    return await connectMongo({
      url,
      appName: 'dialog',
      logger: quiet,
      until: AbortSignal.timeout(patienceMs),
    });
  } catch (error) {
    throw new UnavailableError(
      `MongoDB does not answer: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
};
