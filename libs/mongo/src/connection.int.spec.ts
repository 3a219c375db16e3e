import { Schema, type Connection } from 'mongoose';
import { connectMongo, serverOf, type MongoSettings } from './connection';
import { testDatabase } from './database.testkit';
import { ensureIndexes } from './indexes';

const listening = (settings: MongoSettings): { settings: MongoSettings; lines: string[] } => {
  const lines: string[] = [];
  const line = (_details: object, message: string): void => void lines.push(message);
  return { settings: { ...settings, logger: { info: line, warn: line } }, lines };
};

describe('connectMongo', () => {
  it('says that the server answers', async () => {
    const { settings, lines } = listening(testDatabase());
    const connection = await connectMongo(settings);
    await connection.close();
    expect(lines).toEqual(['MongoDB answers']);
  });

  it('waits for a server that is away, says so, and stops waiting when told', async () => {
    const stop = new AbortController();
    const { settings, lines } = listening({
      ...testDatabase(),
      url: 'mongodb://127.0.0.1:1/x',
      until: stop.signal,
    });
    const warn = (_details: object, message: string): void => {
      lines.push(message);
      stop.abort();
    };
    const waiting = connectMongo({ ...settings, logger: { ...settings.logger, warn } });
    await expect(waiting).rejects.toThrow(/ECONNREFUSED/);
    expect(lines).toEqual(['MongoDB does not answer']);
  });

  it('waits while the database belongs to another environment, and goes on once that is set right', async () => {
    const { settings, lines } = listening(testDatabase());
    const admin = await connectMongo(settings);
    const markers = admin.collection<{ _id: string; name: string }>('deployment');
    const say = (name: string) => markers.replaceOne({ _id: 'environment' }, { name }, { upsert: true });
    await say('production');
    lines.length = 0;
    const warn = (details: object, message: string): void => {
      lines.push(message, String((details as { reason?: string }).reason));
      void say('staging');
    };
    const logger = { ...settings.logger, warn };
    const connection = await connectMongo({ ...settings, logger, environment: 'staging' });
    expect(lines).toEqual([
      'the database is not ours',
      expect.stringContaining('belongs to the environment production, and DIALOG_ENVIRONMENT says staging'),
      'MongoDB answers',
    ]);
    await connection.close();
    await admin.dropDatabase();
    await admin.close();
  });

  it('takes a database that says nothing of its environment', async () => {
    const { settings } = listening(testDatabase());
    const connection = await connectMongo({ ...settings, environment: 'staging' });
    await connection.close();
  });

  it('refuses a connection string that can never work at once', async () => {
    await expect(connectMongo({ ...testDatabase(), url: 'postgres://127.0.0.1/x' })).rejects.toThrow(
      /scheme/i,
    );
  });

  it('names the server without the password', () => {
    expect(serverOf('mongodb://ann:s3cret@db.example.org:27017/stopcovid?tls=true')).toBe(
      'db.example.org:27017/stopcovid',
    );
  });
});

describe('ensureIndexes', () => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await connectMongo(testDatabase());
  });
  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

  it('makes what the schema declares, and may be called again', async () => {
    const badges = new Schema({ _id: String, badge: String }).index(
      { badge: 1 },
      { unique: true, sparse: true },
    );
    const model = connection.model('Badge', badges, 'badges');
    await ensureIndexes(connection, [model]);
    await ensureIndexes(connection, [model]);
    await connection.collection<{ _id: string; badge: string }>('badges').insertOne({ _id: 'a', badge: '7' });
    const twice = connection
      .collection<{ _id: string; badge: string }>('badges')
      .insertOne({ _id: 'b', badge: '7' });
    await expect(twice).rejects.toThrow(/duplicate key/i);
  });
});
