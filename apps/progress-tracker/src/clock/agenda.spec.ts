import type { HeldPartitions } from '@stopcovid/kafka';
import { phoneSchema, type Phone } from '@stopcovid/contracts';
import { batchOf, event, maria } from '../tracker.testkit';
import { evolveProgress } from '../progress/evolve-progress';
import { ScheduleAgenda } from './agenda';
import { evolveSchedule } from './evolve-schedule';
import { inMemoryPhoneSchedules } from './in-memory-phone-schedules';
import type { PhoneSchedule } from './phone-schedule';
import type { PhoneSchedules } from './phone-schedules';

const phoneAt = (index: number): Phone => phoneSchema.parse(`+1202555${String(1_000 + index)}`);

const scheduled = (phone: Phone, nextAt: number | null): PhoneSchedule => {
  const batch = batchOf(1, [event('TraineeRegistered')], { phone });
  const progress = evolveProgress(undefined, batch, { partition: 0, offset: '1' });
  const made = evolveSchedule(undefined, batch, progress);
  if (made === undefined) throw new Error('the first batch makes a schedule');
  return { ...made, nextAt };
};

const held = (...partitions: readonly number[]): HeldPartitions => ({ partitions, joins: 1 });

const readAt = (agenda: ScheduleAgenda, now: number): Promise<void> =>
  agenda.read(now, (until) => Promise.resolve({ rows: [], upTo: until }));

/** An agenda that knows everything of one partition at the instant 0. */
const reading = async (): Promise<ScheduleAgenda> => {
  const agenda = new ScheduleAgenda();
  agenda.follow(held(0));
  await readAt(agenda, 0);
  return agenda;
};

describe('an agenda of phones', () => {
  it('asks at the start, when the partitions change, after half a minute, and when it is told to', async () => {
    const agenda = new ScheduleAgenda();
    agenda.follow(held(0, 1));
    expect(agenda.mustAsk(0)).toBe(true);
    await readAt(agenda, 0);
    agenda.follow(held(1, 0));
    expect([agenda.mustAsk(0), agenda.mustAsk(29_999), agenda.mustAsk(30_000)]).toEqual([false, false, true]);
    await readAt(agenda, 30_000);
    agenda.follow(held(0));
    expect(agenda.mustAsk(30_000)).toBe(true);
    await readAt(agenda, 30_000);
    agenda.askAgain();
    expect(agenda.mustAsk(30_000)).toBe(true);
  });

  it('forgets who was due, and asks, when the same partitions were another’s in between', async () => {
    const agenda = await reading();
    agenda.note(phoneAt(1), 100);
    agenda.follow({ ...held(0), joins: 2 });
    expect([agenda.mustAsk(1), agenda.take(200, 9)]).toEqual([true, []]);
  });

  it('asks again when it was told to while the store answered, or when that failed', async () => {
    const agenda = await reading();
    await agenda.read(1, (until) => (agenda.askAgain(), Promise.resolve({ rows: [], upTo: until })));
    expect(agenda.mustAsk(1)).toBe(true);
    await expect(agenda.read(2, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    await agenda.read(3, () => Promise.resolve(undefined));
    expect(agenda.mustAsk(3)).toBe(true);
  });

  it('gives out each phone once, the longest waiting first, at the earliest time that was noted', async () => {
    const agenda = await reading();
    agenda.note(phoneAt(1), 300);
    agenda.note(phoneAt(2), 100);
    agenda.note(phoneAt(1), 200);
    agenda.note(phoneAt(2), 400);
    agenda.note(phoneAt(3), null);
    expect(agenda.take(99, 9)).toEqual([]);
    expect(agenda.take(500, 1)).toEqual([phoneAt(2)]);
    expect([agenda.take(500, 9), agenda.take(500, 9)]).toEqual([[phoneAt(1)], []]);
  });

  it('looks at once at what was not surely written', async () => {
    const agenda = await reading();
    const store = inMemoryPhoneSchedules();
    const write = { before: undefined, next: scheduled(maria, 9_000) };
    await agenda.noting(store).save([write]);
    expect(agenda.take(0, 9)).toEqual([]);
    await expect(agenda.noting(store).save([write])).resolves.toEqual(new Set([maria]));
    expect(agenda.take(0, 9)).toEqual([maria]);
    const away = agenda.noting({ ...store, save: () => Promise.reject(new Error('away')) });
    await expect(away.save([write])).rejects.toThrow('away');
    expect(agenda.take(0, 9)).toEqual([maria]);
  });

  it('asks sooner when it was told of more than it holds', async () => {
    const agenda = await reading();
    for (let index = 0; index <= 10_000; index += 1) agenda.note(`+1${10_000 + index}` as Phone, 1 + index);
    expect(agenda.take(20_000, 20_000).length).toBeLessThanOrEqual(10_000);
    expect([agenda.mustAsk(0), agenda.mustAsk(20_000)]).toEqual([false, true]);
  });
});

/** Numbers that look random, and are the same each time. */
const dice = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

/** Writers whose answers are late, lost or conflicts, and a store that is asked meanwhile: nobody else writes. */
const anyOrder = async (seed: number): Promise<void> => {
  const roll = dice(seed);
  const kept = inMemoryPhoneSchedules();
  const agenda = new ScheduleAgenda();
  const late: (() => void)[] = [];
  const store: PhoneSchedules = {
    ...kept,
    save: async (writes) => {
      const lost = await kept.save(writes);
      if (roll(6) === 0) throw new Error('the answer is lost');
      if (roll(3) > 0) return lost;
      return new Promise((resolve) => late.push(() => resolve(lost)));
    },
  };
  const under: Promise<unknown>[] = [];
  const write = async (phone: Phone, isStale: boolean): Promise<void> => {
    const known = (await kept.load([phone])).get(phone);
    const before = known?.kind === 'readable' && !isStale ? known.value : undefined;
    const next = scheduled(phone, roll(5) === 0 ? null : roll(60_000));
    under.push(
      agenda
        .noting(store)
        .save([{ before, next }])
        .catch(() => undefined),
    );
  };
  const writeSome = (): Promise<void> => write(phoneAt(roll(8)), roll(6) === 0);
  const ask = async (): Promise<void> => {
    const now = roll(20_000);
    await agenda
      .read(now, async (until) => {
        const { schedules } = await kept.due({ partitions: [0], now, limit: 99 });
        agenda.drop(schedules.map(({ phone }) => phone));
        for (const { phone } of schedules) await write(phone, false);
        if (roll(2) === 0) await writeSome();
        if (roll(8) === 0) throw new Error('away');
        for (const { phone, nextAt } of schedules) agenda.note(phone, nextAt);
        const rows = await kept.ahead({ partitions: [0], now, until, limit: 3 });
        return { rows, upTo: rows.length < 3 ? until : (rows.at(-1)?.nextAt ?? now) };
      })
      .catch(() => agenda.askAgain());
  };
  const takeSome = async (): Promise<void> => {
    for (const phone of agenda.take(roll(60_000), 2)) await write(phone, roll(4) === 0);
  };
  agenda.follow(held(0));
  for (let step = 0; step < 60; step += 1) {
    await [writeSome, writeSome, ask, takeSome][roll(4)]?.();
    if (roll(3) === 0) late.splice(roll(late.length + 1), 1).forEach((answer) => answer());
  }
  late.forEach((answer) => answer());
  await Promise.all(under);
  const missed = async (): Promise<readonly Phone[]> => {
    const instants = Array.from({ length: 240 }, (_, index) => index * 250);
    const at = instants.findLast((now) => !agenda.mustAsk(now)) ?? -1;
    const { schedules } = await kept.due({ partitions: [0], now: at, limit: 99 });
    const looked = new Set(agenda.take(at, 99));
    return schedules.filter(({ phone }) => !looked.has(phone)).map(({ phone }) => phone);
  };
  expect({ seed, missed: await missed() }).toEqual({ seed, missed: [] });
};

describe('an agenda and its store', () => {
  it('never misses a phone that is due, whatever order writes, answers and failures come in', async () => {
    for (let seed = 1; seed <= 100; seed += 1) await anyOrder(seed);
  });
});
