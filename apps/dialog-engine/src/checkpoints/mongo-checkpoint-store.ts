import { mongoCheckpoints } from '@stopcovid/mongo';
import type { Connection } from 'mongoose';

/** How far the engine has decided each partition, in MongoDB. */
export const mongoCheckpointStore = (connection: Connection) =>
  mongoCheckpoints(connection, { collection: 'checkpoints' });
