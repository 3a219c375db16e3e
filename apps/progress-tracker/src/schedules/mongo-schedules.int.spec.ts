import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { mongoSchedules } from './mongo-schedules';
import { schedulesContract } from './schedules.contract';

type Connection = Awaited<ReturnType<typeof connectMongo>>;

describe('schedules in MongoDB', () => {
  const opened: Connection[] = [];
  afterAll(async () => {
    for (const connection of opened) {
      await connection.dropDatabase();
      await connection.close();
    }
  });
  const open = async (): Promise<Connection> => {
    const connection = await connectMongo(testDatabase());
    opened.push(connection);
    return connection;
  };

  schedulesContract(async () => mongoSchedules(await open()));

  it('says which field of settings cannot be read', async () => {
    const connection = await open();
    const schedules = await mongoSchedules(connection);
    const acme = { level: 'employer', employerId: 'acme' } as const;
    await schedules.set(acme, { time: '10:00' }, { by: 'dashboard', at: new Date() });
    await connection.collection('schedules').updateOne({}, { $set: { 'settings.time': '25:00' } });
    await expect(schedules.of([acme])).rejects.toThrow('schedules: settings.time');
  });
});
