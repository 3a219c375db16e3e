import { mongo } from 'mongoose';

const duplicateKey = 11_000;

/** Whether all that a bulk write could not do was to insert what is there already; all else of it is durable then. */
export const isOfDuplicateKeysAlone = (error: unknown): boolean => {
  if (!(error instanceof mongo.MongoBulkWriteError)) return false;
  const errors = [error.writeErrors].flat();
  const notDurable = error.result.getWriteConcernError() !== undefined;
  return !notDurable && errors.length > 0 && errors.every(({ code }) => code === duplicateKey);
};
