import { connectMongo } from './connection';
import { testDatabase } from './database.testkit';
import { mongoHealth } from './health';

describe('the health of MongoDB', () => {
  it('is up while the server answers, and down once the connection is gone', async () => {
    const connection = await connectMongo(testDatabase());
    const check = mongoHealth(connection);
    expect(await check()).toEqual({ up: true });
    await connection.close();
    expect(await check()).toMatchObject({ up: false });
  });
});
