import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { exportChunksContract, exportsContract } from './exports.contract';
import { after, asked, noon } from './exports.testkit';
import { mongoExportChunks } from './mongo-export-chunks';
import { mongoExports } from './mongo-exports';

type Connection = Awaited<ReturnType<typeof connectMongo>>;

describe('in MongoDB', () => {
  const open: Connection[] = [];
  const connect = async (): Promise<Connection> => {
    const connection = await connectMongo(testDatabase());
    open.push(connection);
    return connection;
  };
  afterAll(async () => {
    for (const connection of open) await connection.close();
  });

  describe('exports', () => {
    exportsContract(async () => mongoExports(await connect()));

    it('of a later release wait for it, and hold up no others', async () => {
      const connection = await connect();
      const exports_ = await mongoExports(connection);
      await exports_.add(asked({ standing: { state: 'queued', attempts: 0, dueAt: after(5) } }));
      await connection.collection<{ _id: string }>('exports').insertOne({
        _id: 'of-tomorrow',
        ...{ list: 'horoscopes', standing: { state: 'queued', dueAt: noon } },
      });
      expect(await exports_.due(after(9))).toMatchObject({ id: 'ex_one' });
    });
  });

  describe('chunks', () => exportChunksContract(async () => mongoExportChunks(await connect())));
});
