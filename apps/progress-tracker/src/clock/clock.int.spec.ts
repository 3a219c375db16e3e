import { connectMongo, testDatabase } from '@stopcovid/mongo';
import { mongoSchedules } from '../schedules/mongo-schedules';
import { completed } from '../tracker.testkit';
import { clockWorld } from './clock.testkit';
import { mongoPhoneSchedules } from './mongo-phone-schedules';

type Connection = Awaited<ReturnType<typeof connectMongo>>;

describe('the clock over MongoDB', () => {
  const opened: Connection[] = [];
  afterAll(async () => {
    for (const connection of opened) {
      await connection.dropDatabase();
      await connection.close();
    }
  });

  const world = async () => {
    const connection = await connectMongo(testDatabase());
    opened.push(connection);
    const stores = {
      phones: await mongoPhoneSchedules(connection),
      schedules: await mongoSchedules(connection),
    };
    const nine = { time: '09:00', window: { opens: '08:00', closes: '21:00' } };
    const made = clockWorld(nine, '2026-06-09T14:00Z', stores);
    await made.registers();
    await made.hears([completed('one')]);
    return made;
  };

  it('starts one drill, also after a crash before the write and by two owners at once', async () => {
    const { at, clockWith, commands, phones, ticksAt } = await world();
    at('2026-06-10T13:00Z');
    const crashed = clockWith({ phones: { ...phones, save: () => Promise.reject(new Error('killed')) } });
    await expect(crashed.tick()).rejects.toThrow('killed');
    await Promise.all([clockWith({}).tick(), clockWith({}).tick()]);
    await ticksAt('2026-06-10T20:00Z');
    expect(commands.length).toBeGreaterThan(1);
    expect(new Set(commands.map(({ commandId }) => commandId)).size).toBe(1);
  });

  it('plans the phones of an employer anew when that changes its schedule', async () => {
    const { schedules, ticksAt } = await world();
    await expect(ticksAt('2026-06-10T12:30Z')).resolves.toEqual([]);
    const owner = { level: 'employer', employerId: 'acme' } as const;
    await schedules.set(owner, { time: '08:45' }, { by: 'spec', at: new Date() });
    await expect(ticksAt('2026-06-10T12:45Z')).resolves.toMatchObject([{ type: 'StartDrill' }]);
  });

  it('leaves a document that cannot be read alone for a while, and goes on with the others', async () => {
    const { at, clockWith, ticks, ticksAt } = await world();
    const [connection] = opened.slice(-1);
    await connection?.collection('schedule').updateOne({}, { $set: { eligibleSince: 'long ago' } });
    at('2026-06-10T13:00Z');
    await clockWith({}).tick();
    expect(ticks.flatMap(({ unreadable }) => unreadable)).toMatchObject([
      { reason: expect.stringContaining('eligibleSince') as string },
    ]);
    ticks.length = 0;
    await ticksAt('2026-06-10T13:00:30Z');
    expect(ticks.flatMap(({ unreadable }) => unreadable)).toEqual([]);
  });
});
