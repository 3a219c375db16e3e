import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { mongoPhoneSchedules } from './mongo-phone-schedules';
import { phoneSchedulesContract } from './phone-schedules.contract';

type Connection = Awaited<ReturnType<typeof connectMongo>>;

describe('schedules of phones in MongoDB', () => {
  const opened: Connection[] = [];
  afterAll(async () => {
    for (const connection of opened) {
      await connection.dropDatabase();
      await connection.close();
    }
  });

  phoneSchedulesContract(async () => {
    const connection = await connectMongo(testDatabase());
    opened.push(connection);
    return mongoPhoneSchedules(connection);
  });
});
