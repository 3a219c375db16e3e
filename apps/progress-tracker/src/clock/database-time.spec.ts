import { DatabaseTime } from './database-time';

const hourMs = 3_600_000;

const world = () => {
  const times = { database: 1_000_000, pulse: 0, own: 1_000_000, asked: 0 };
  const time = new DatabaseTime({
    ask: () => {
      times.asked += 1;
      return Promise.resolve(times.database);
    },
    pulse: () => times.pulse,
    own: () => times.own,
  });
  const pass = (ms: number): void => {
    times.database += ms;
    times.pulse += ms;
    times.own += ms;
  };
  return { time, times, pass };
};

describe('the time by which due is judged', () => {
  it('is the database’s, whatever this process’s own clock does', async () => {
    const { time, times, pass } = world();
    await expect(time.now()).resolves.toBe(1_000_000);
    for (const jump of [hourMs, 72 * hourMs, -hourMs]) {
      times.own += jump;
      pass(60_000);
      await expect(time.now()).resolves.toBe(times.database);
    }
  });

  it('is whole milliseconds, as the calendar takes them, however fine the pulse is', async () => {
    const { time, pass } = world();
    await time.now();
    pass(0.4);
    await expect(time.now()).resolves.toBe(1_000_000);
  });

  it('goes on between two questions, so that an idle service hardly asks', async () => {
    const { time, times, pass } = world();
    for (let second = 0; second < 60; second += 1) {
      await expect(time.now()).resolves.toBe(times.database);
      pass(1_000);
    }
    expect(times.asked).toBe(2);
  });

  it('is asked for at once when the machine has slept, and the pulse with it', async () => {
    const { time, times } = world();
    await time.now();
    times.database += hourMs;
    times.own += hourMs;
    await expect(time.now()).resolves.toBe(times.database);
  });

  it('stands still rather than going backwards', async () => {
    const { time, times, pass } = world();
    pass(60_000);
    const before = await time.now();
    times.database -= hourMs;
    pass(30_000);
    await expect(time.now()).resolves.toBe(before);
    times.database += hourMs;
    pass(30_000);
    await expect(time.now()).resolves.toBe(times.database);
  });

  it('tells how far this process is off, and a database that went back', async () => {
    const { time, times, pass } = world();
    await time.now();
    expect(time.offMs).toBe(0);
    times.own += hourMs;
    pass(10_000);
    await time.now();
    expect(time.offMs).toBe(hourMs);
    times.own -= hourMs;
    times.database -= hourMs;
    times.own -= hourMs;
    pass(10_000);
    await time.now();
    expect(time.offMs).toBe(hourMs - 10_000);
  });
});
