import type { Runtime, Secret } from '@stopcovid/runtime';
import type { Connection } from 'mongoose';
import { connectMongo, mongoCheck } from './connection';
import { mongoHealth } from './health';

/** What a service is told of its database. */
export type MongoServiceConfig = { readonly MONGODB_URL: Secret; readonly DIALOG_ENVIRONMENT?: string };

/** The connection of a service, whose readiness says why while the database cannot be used. As `connectMongo` besides. */
export const serviceConnection = async (
  config: MongoServiceConfig,
  { service, logger, health }: Pick<Runtime, 'service' | 'logger' | 'health'>,
): Promise<Connection> => {
  const connection = await connectMongo({
    url: config.MONGODB_URL.reveal(),
    appName: service,
    logger,
    health,
    environment: config.DIALOG_ENVIRONMENT,
  });
  health.register(mongoCheck, mongoHealth(connection), 'ready');
  return connection;
};
