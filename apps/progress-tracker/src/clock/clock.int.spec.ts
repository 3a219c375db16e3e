import { connectMongo, testDatabase, watchedDatabase } from '@stopcovid/mongo';
import { activePhones } from '../api/active-phones';
import { mongoBroadcasts } from '../broadcasts/mongo-broadcasts';
import { mongoProgressStore } from '../progress/mongo-progress-store';
import { mongoSchedules } from '../schedules/mongo-schedules';
import { completed, started } from '../tracker.testkit';
import type { ClockParts } from './clock';
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

  const nine = { time: '09:00', window: { opens: '08:00', closes: '21:00' } };

  const world = async () => {
    const connection = await connectMongo(testDatabase());
    opened.push(connection);
    const stores = {
      phones: await mongoPhoneSchedules(connection),
      schedules: await mongoSchedules(connection),
    };
    const made = clockWorld(nine, '2026-06-09T14:00Z', stores);
    await made.registers();
    await made.hears([completed('one')]);
    return made;
  };

  /** As the service has it: all that a look needs is in the database. */
  const watchedWorld = async (said: object | null = nine) => {
    const { connection, asked } = await watchedDatabase();
    opened.push(connection);
    const phones = await mongoPhoneSchedules(connection);
    const schedules = await mongoSchedules(connection);
    const [messages, store] = [await mongoBroadcasts(connection), await mongoProgressStore(connection)];
    const made = clockWorld(said, '2026-06-09T14:00Z', { phones, schedules });
    const active: ClockParts['active'] = async (all) => {
      const accounts = all.map(({ phone }) => ({ phone, trainee: { account: { personId: 'maria' } } }));
      await activePhones(store, accounts);
      return new Set(all.map(({ phone }) => phone));
    };
    const clock = made.clockWith({ agenda: made.agenda, messages, active });
    const askedAt = async (instant: string): Promise<readonly string[]> => {
      made.at(instant);
      asked.length = 0;
      await clock.tick();
      return [...asked];
    };
    return { ...made, askedAt };
  };

  /* As long as nothing changes, all that is asked in half a minute. */
  const safetyNet = ['find broadcast_recipients', 'find schedules', 'find schedule', 'find schedule'];

  it('asks the database for nothing while nothing is due, but every half a minute', async () => {
    const { askedAt, registers, hears } = await watchedWorld();
    await registers();
    await hears([completed('one')]);
    for (const second of ['00', '01', '02']) await askedAt(`2026-06-10T11:59:${second}Z`);
    const asked: (readonly string[])[] = [];
    for (let second = 0; second < 120; second += 1)
      asked.push(await askedAt(new Date(Date.parse('2026-06-10T11:59:03Z') + second * 1_000).toISOString()));
    const [busy, idle] = [asked.filter((each) => each.length > 0), asked.filter((each) => each.length === 0)];
    expect(busy).toEqual([safetyNet, safetyNet, safetyNet, safetyNet]);
    expect(idle).toHaveLength(116);
  });

  it('asks every half a minute whether anybody says anything, where nobody does', async () => {
    const { askedAt, registers } = await watchedWorld(null);
    await registers();
    const asked: (readonly string[])[] = [];
    for (let second = 0; second < 61; second += 1)
      asked.push(await askedAt(new Date(Date.parse('2026-06-10T13:00Z') + second * 1_000).toISOString()));
    expect(asked.flat()).toEqual(['find schedules', 'find schedules', 'find schedules']);
  });

  it('starts a drill for four questions and one write, and takes in each event of it for as many', async () => {
    const { askedAt, commands, registers, hears } = await watchedWorld();
    await registers();
    await hears([completed('one')]);
    await askedAt('2026-06-10T12:59:58Z');
    await askedAt('2026-06-10T12:59:59Z');
    const oneLook = [
      'find broadcast_recipients',
      'find schedule',
      'find schedules',
      'find trainees',
      'update schedule',
    ];
    expect([...(await askedAt('2026-06-10T13:00:00Z'))].sort()).toEqual(oneLook);
    expect(commands).toMatchObject([{ type: 'StartDrill', drill: 'two' }]);
    await hears([started('two')]);
    expect([...(await askedAt('2026-06-10T13:00:01Z'))].sort()).toEqual(oneLook);
    await expect(askedAt('2026-06-10T13:00:02Z')).resolves.toEqual([]);
  });

  it('finds what another replica wrote when it asks again, and once', async () => {
    const { askedAt, commands, phones, registers, hears, stored } = await watchedWorld();
    await registers();
    await hears([completed('one')]);
    await askedAt('2026-06-10T12:59:00Z');
    const before = await stored();
    if (before === undefined) throw new Error('there is no schedule');
    await phones.save([{ before, next: { ...before, nextAt: Date.parse('2026-06-10T18:00Z') } }]);
    await askedAt('2026-06-10T13:00:00Z');
    expect(commands).toEqual([]);
    await phones.mark({ phones: [before.phone] });
    for (const second of ['20', '30', '31']) await askedAt(`2026-06-10T13:00:${second}Z`);
    expect(commands).toMatchObject([{ type: 'StartDrill', drill: 'two' }]);
  });

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
