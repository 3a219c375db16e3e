import { createConnection } from 'mongoose';
import { freePort } from '@stopcovid/runtime';
import { OtherEnvironment } from './other-environment';
import { whyNotConnected } from './why-not-connected';

/** What the driver throws for an address, without patience. */
const thrownFor = async (url: string): Promise<unknown> => {
  const patience = { serverSelectionTimeoutMS: 100, connectTimeoutMS: 100 };
  const connection = createConnection(url, patience);
  return connection.asPromise().then(
    () => undefined,
    (error: unknown) => connection.close().then(() => error),
  );
};

const refusedWith = (code: number): Error =>
  Object.assign(new Error('no'), { name: 'MongoServerError', code });

describe('why there is no connection to MongoDB', () => {
  it('is that nothing listens, in words that name the setting and no address', async () => {
    const error = await thrownFor(`mongodb://ann:s3cret@127.0.0.1:${await freePort()}/x`);
    expect(whyNotConnected(error)).toEqual({
      message: 'MongoDB does not answer',
      reason: 'nothing listens at the address in MONGODB_URL: set its host and port right, or start MongoDB',
      about: { cause: expect.stringContaining('ECONNREFUSED') as string },
    });
  });

  it.each([
    ['getaddrinfo ENOTFOUND mongo', 'no host has the name in MONGODB_URL'],
    ['querySrv ENOTFOUND _mongodb._tcp.mongo', 'no host has the name in MONGODB_URL'],
    ['connection 1 to 10.0.0.1:27017 closed', 'breaks off the connection: set its port and tls right'],
    ['Server selection timed out after 3000 ms', 'or let us through to it'],
  ])('is told of an outage by its kind: %s', (words, told) => {
    const error = Object.assign(new Error(words), { name: 'MongooseServerSelectionError' });
    expect(whyNotConnected(error)?.reason).toContain(told);
  });

  it.each([
    [18, 'set the user, the password and authSource in MONGODB_URL right'],
    [8_000, 'set the user, the password and authSource in MONGODB_URL right'],
    [13, 'give it the role readWrite'],
  ])('is told of a refusal by its code: %s', (code, told) => {
    expect(whyNotConnected(refusedWith(code))).toMatchObject({
      message: 'MongoDB refuses us',
      reason: expect.stringContaining(told) as string,
    });
  });

  it('is an alarm where the database belongs to somebody else', () => {
    expect(whyNotConnected(new OtherEnvironment('not ours'))).toEqual({
      message: 'the database is not ours',
      reason: 'not ours',
      about: { alarm: 'other-environment' },
    });
  });

  it.each([refusedWith(59), new TypeError('a mistake'), 'a word'])(
    'is nothing that waiting would help: %s',
    (error) => expect(whyNotConnected(error)).toBeUndefined(),
  );
});
