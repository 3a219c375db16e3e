import { newDatabases } from '../database.testkit';
import { exportChunksContract, exportsContract } from './exports.contract';
import { after, asked, noon } from './exports.testkit';
import { mongoExportChunks } from './mongo-export-chunks';
import { mongoExports } from './mongo-exports';

const connect = newDatabases();

describe('in MongoDB', () => {
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
