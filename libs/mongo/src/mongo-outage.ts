import { mongo, MongooseError } from 'mongoose';

/* BadValue, FailedToParse, TypeMismatch, DocumentValidationFailure, BSONObjectTooLarge: asking again changes nothing. */
const ourMistakes: ReadonlySet<unknown> = new Set([2, 9, 14, 121, 10_334]);

/* Mongoose's own words for a connection that is not there; its other errors are wrong models and wrong values. */
const away = /^(MongooseError|MongooseServerSelectionError|DisconnectedError)$/;

/* The driver hands a socket's own errors over as they are when they strike while a command is being written. */
const isOfSocket = (error: unknown): error is Error =>
  error instanceof Error && 'syscall' in error && /^(read|write|connect)$/.test(String(error.syscall));

/** Does this say that MongoDB is away or refuses for now, so that waiting helps? */
export const isMongoOutage = (error: unknown): error is Error => {
  if (isOfSocket(error)) return true;
  if (error instanceof MongooseError) return away.test(error.name);
  if (!(error instanceof mongo.MongoError) || error instanceof mongo.MongoAPIError) return false;
  return !(error instanceof mongo.MongoServerError && ourMistakes.has(error.code));
};
