import type { Connection, Model, Schema } from 'mongoose';

/** The connection's model of that name, made at first use: two stores may share a connection. */
export const modelOf = <T>(connection: Connection, name: string, schema: Schema<T>): Model<T> => {
  const known: Model<T> | undefined = connection.models[name];
  return known ?? connection.model<T>(name, schema);
};
