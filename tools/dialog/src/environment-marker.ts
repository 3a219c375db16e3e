import type { EnvironmentMarker } from './environment-guard';
import type { MongoConnection } from './mongo';

type MarkerDocument = {
  readonly _id: string;
  readonly name: string;
  readonly kafkaClusterId?: string;
  readonly setAt: Date;
};

const markers = (mongo: MongoConnection) => mongo.collection<MarkerDocument>('deployment');
const id = 'environment';

/** What the database says of its environment. */
export const readMarker = async (mongo: MongoConnection): Promise<EnvironmentMarker | undefined> => {
  const found = await markers(mongo).findOne({ _id: id });
  if (!found) return undefined;
  const { name, kafkaClusterId } = found;
  return { name, ...(kafkaClusterId === undefined ? {} : { kafkaClusterId }) };
};

/** Writes what the database says of its environment. */
export const writeMarker = async (mongo: MongoConnection, marker: EnvironmentMarker): Promise<void> => {
  await markers(mongo).replaceOne({ _id: id }, { ...marker, setAt: new Date() }, { upsert: true });
};
