import { phoneSchema, type Phone } from '@stopcovid/contracts';
import { evolveProgress } from '../progress/evolve-progress';
import { batchOf, event, maria, registered } from '../tracker.testkit';
import { evolveSchedule } from './evolve-schedule';
import type { PhoneSchedule } from './phone-schedule';
import type { PhoneSchedules } from './phone-schedules';

const sokha = phoneSchema.parse('+12025550180');

const scheduled = (phone: Phone = maria, account: object = {}): PhoneSchedule => {
  const batch = batchOf(1, [event('TraineeRegistered')], { phone, trainee: { ...registered, account } });
  const made = evolveSchedule(
    undefined,
    batch,
    evolveProgress(undefined, batch, { partition: 3, offset: '41' }),
  );
  if (made === undefined) throw new Error('the first batch makes a schedule');
  return made;
};

const valueOf = async (store: PhoneSchedules, phone: Phone): Promise<PhoneSchedule> => {
  const known = (await store.load([phone])).get(phone);
  if (known?.kind !== 'readable') throw new Error(`${phone} has no schedule that can be read`);
  return known.value;
};

const dueAt = async (store: PhoneSchedules, now: number, partitions = [3]): Promise<readonly Phone[]> =>
  (await store.due({ partitions, now, limit: 10 })).schedules.map(({ phone }) => phone);

/** What every store of phones' schedules must do. */
export const phoneSchedulesContract = (open: () => Promise<PhoneSchedules>): void => {
  it('gives back what was saved, and nothing for who has none', async () => {
    const store = await open();
    await expect(store.save([{ before: undefined, next: scheduled() }])).resolves.toEqual(new Set());
    await expect(valueOf(store, maria)).resolves.toMatchObject(scheduled());
    await expect(store.load([sokha])).resolves.toEqual(new Map());
  });

  it('lets one of two writers win, and names the phone to the other', async () => {
    const store = await open();
    await store.save([{ before: undefined, next: scheduled() }]);
    const before = await valueOf(store, maria);
    await expect(store.save([{ before, next: { ...before, nextAt: 1 } }])).resolves.toEqual(new Set());
    await expect(store.save([{ before, next: { ...before, nextAt: 2 } }])).resolves.toEqual(new Set([maria]));
    await expect(valueOf(store, maria)).resolves.toMatchObject({ nextAt: 1 });
  });

  it('finds what is due in its partitions, the longest overdue first', async () => {
    const store = await open();
    await store.save([
      { before: undefined, next: { ...scheduled(maria), nextAt: 200 } },
      { before: undefined, next: { ...scheduled(sokha), nextAt: 100 } },
      { before: undefined, next: { ...scheduled(phoneSchema.parse('+12025550181')), nextAt: null } },
    ]);
    await expect(dueAt(store, 99)).resolves.toEqual([]);
    await expect(dueAt(store, 100)).resolves.toEqual([sokha]);
    await expect(dueAt(store, 300)).resolves.toEqual([sokha, maria]);
    await expect(dueAt(store, 300, [1, 2])).resolves.toEqual([]);
  });

  it('tells what comes due ahead in its partitions, the soonest first', async () => {
    const store = await open();
    await store.save([
      { before: undefined, next: { ...scheduled(maria), nextAt: 200 } },
      { before: undefined, next: { ...scheduled(sokha), nextAt: 101 } },
      { before: undefined, next: { ...scheduled(phoneSchema.parse('+12025550181')), nextAt: 100 } },
      { before: undefined, next: { ...scheduled(phoneSchema.parse('+12025550182')), nextAt: null } },
    ]);
    const ahead = (until: number, limit = 10, partitions = [3]) =>
      store.ahead({ partitions, now: 100, until, limit });
    await expect(ahead(201)).resolves.toEqual([
      { phone: sokha, nextAt: 101 },
      { phone: maria, nextAt: 200 },
    ]);
    await expect(ahead(200)).resolves.toEqual([{ phone: sokha, nextAt: 101 }]);
    await expect(ahead(201, 1)).resolves.toEqual([{ phone: sokha, nextAt: 101 }]);
    await expect(ahead(201, 10, [1, 2])).resolves.toEqual([]);
  });

  it.each([
    [{ level: 'employer', employerId: 'acme' }, [maria]],
    [{ level: 'unit', employerId: 'acme', unitId: 'north' }, [maria]],
    [{ level: 'unit', employerId: 'acme', unitId: 'south' }, []],
    [{ level: 'trainee', phone: sokha }, [sokha]],
    [{ partition: 3 }, [maria, sokha]],
    [{ phones: [sokha] }, [sokha]],
  ] as const)(
    'marks the phones of %j, and takes the win from who had read them before',
    async (whose, phones) => {
      const store = await open();
      const later = { nextAt: 1_000 };
      const account = { employerId: 'acme', unitId: 'north' };
      await store.save([
        { before: undefined, next: { ...scheduled(maria, account), ...later } },
        { before: undefined, next: { ...scheduled(sokha), ...later } },
      ]);
      const read = [await valueOf(store, maria), await valueOf(store, sokha)];
      await store.mark(whose);
      expect([...(await dueAt(store, 999))].sort()).toEqual(phones);
      await expect(store.save(read.map((before) => ({ before, next: before })))).resolves.toEqual(
        new Set(phones),
      );
    },
  );

  it('remembers by what the plans of a partition were made', async () => {
    const store = await open();
    await expect(store.basis(3)).resolves.toBeUndefined();
    await store.noteBasis(3, 'one');
    await store.noteBasis(3, 'two');
    await expect(store.basis(3)).resolves.toBe('two');
    await expect(store.basis(4)).resolves.toBeUndefined();
  });

  it('tells the time', async () => {
    const store = await open();
    expect(Math.abs((await store.now()) - Date.now())).toBeLessThan(60_000);
  });
};
