import type { Connection } from 'mongoose';

/** The database says that it belongs to another environment. Somebody may yet set that right, here or there. */
export class OtherEnvironment extends Error {
  override readonly name = 'OtherEnvironment';
}

type Marker = { readonly _id: string; readonly name: string };

/**
 * Rejects with OtherEnvironment where the database says that it belongs to one. A database is given its name by hand,
 * after services have made it: one that says nothing is let be.
 */
export const checkEnvironment = async (connection: Connection, ours: string): Promise<void> => {
  const marker = await connection.collection<Marker>('deployment').findOne({ _id: 'environment' });
  if (marker === null || marker.name === ours) return;
  throw new OtherEnvironment(
    `the database belongs to the environment ${marker.name}, and DIALOG_ENVIRONMENT says ${ours}: ` +
      'set MONGODB_URL or DIALOG_ENVIRONMENT right',
  );
};
