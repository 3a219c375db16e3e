import { mongo, Error as MongooseErrors, MongooseError } from 'mongoose';
import { isMongoOutage } from './mongo-outage';

const serverSays = (code: number): Error => new mongo.MongoServerError({ message: 'no', code });

const socketSays = (syscall: string, code: string): Error =>
  Object.assign(new Error(`${syscall} ${code}`), { syscall, code });

describe('what of MongoDB is worth waiting for', () => {
  it.each([
    ['a cut connection', new mongo.MongoNetworkError('cut')],
    ['a socket that breaks under a write', socketSays('write', 'ECONNRESET')],
    ['no server to be found', new MongooseErrors.MongooseServerSelectionError('none')],
    ['a connection that is not open', new MongooseError('before initial connection is complete')],
    ['a server that steps down', serverSays(189)],
    ['a server that is busy', serverSays(50)],
  ])('is %s', (_what, error) => expect(isMongoOutage(error)).toBe(true));

  it.each([
    ['a bug of ours', new TypeError('x is not a function')],
    ['a file that cannot be read', socketSays('open', 'ENOENT')],
    ['a query that the driver refuses', new mongo.MongoInvalidArgumentError('bad')],
    ['a query that the server refuses', serverSays(2)],
    ['a document that is too large', serverSays(10_334)],
    ['a value of another type than the model says', new MongooseErrors.CastError('Number', 'x', 'version')],
    ['something that is no error', 'away'],
  ])('is not %s', (_what, error) => expect(isMongoOutage(error)).toBe(false));
});
