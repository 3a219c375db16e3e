import { phoneSchema } from '@stopcovid/contracts';
import { mostPast, type ScheduleOwner, type Schedules } from './schedules';

const acme: ScheduleOwner = { level: 'employer', employerId: 'acme' };
const north: ScheduleOwner = { level: 'unit', employerId: 'acme', unitId: 'north' };
const maria: ScheduleOwner = { level: 'trainee', phone: phoneSchema.parse('+12025550143') };
const change = { by: 'dashboard', at: new Date('2026-03-01T10:00:00Z') };

/** What every store of settings must do. */
export const schedulesContract = (open: () => Promise<Schedules>): void => {
  it('gives back what each owner says, and who said it when', async () => {
    const schedules = await open();
    await expect(schedules.any()).resolves.toBe(false);
    await schedules.set(acme, { time: '10:00' }, change);
    await schedules.set(north, { time: '11:00' }, change);
    await schedules.set(maria, { days: ['mon'] }, change);
    await expect(schedules.any()).resolves.toBe(true);
    await expect(schedules.of([north])).resolves.toEqual([
      {
        owner: north,
        settings: { time: '11:00' },
        version: 1,
        changedBy: 'dashboard',
        changedAt: change.at,
        history: [],
        marked: false,
      },
    ]);
    await expect(schedules.of([acme, maria])).resolves.toHaveLength(2);
  });

  it('tells apart the units of two employers whose ids run into each other', async () => {
    const schedules = await open();
    await schedules.set({ level: 'unit', employerId: 'a:b', unitId: 'c' }, { time: '10:00' }, change);
    await expect(schedules.of([{ level: 'unit', employerId: 'a', unitId: 'b:c' }])).resolves.toEqual([]);
  });

  it('replaces what was said, and keeps it with its author', async () => {
    const schedules = await open();
    await schedules.set(acme, { time: '10:00' }, change);
    const later = { by: 'command line', at: new Date('2026-03-02T10:00:00Z') };
    await expect(schedules.set(acme, {}, later)).resolves.toMatchObject({
      version: 2,
      settings: {},
      changedBy: 'command line',
      history: [{ version: 1, settings: { time: '10:00' }, changedBy: 'dashboard', changedAt: change.at }],
    });
  });

  it('changes nothing when the same is said again', async () => {
    const schedules = await open();
    const first = await schedules.set(acme, { time: '10:00' }, change);
    await expect(
      schedules.set(acme, { time: '10:00' }, { by: 'somebody else', at: new Date() }),
    ).resolves.toEqual(first);
  });

  it('keeps a bounded history', async () => {
    const schedules = await open();
    for (let minutes = 0; minutes < mostPast + 5; minutes += 1)
      await schedules.set(acme, { spreadMinutes: minutes }, change);
    const [stored] = await schedules.of([acme]);
    expect(stored?.history).toHaveLength(mostPast);
    expect(stored?.history[0]).toMatchObject({ version: mostPast + 4 });
  });

  it('loses no change when several are made at once', async () => {
    const schedules = await open();
    await Promise.all([1, 2, 3].map((minutes) => schedules.set(acme, { spreadMinutes: minutes }, change)));
    const [stored] = await schedules.of([acme]);
    expect(stored?.version).toBe(3);
    expect(stored?.history).toHaveLength(2);
  });

  it('names what has changed until its phones are marked, and again after a later change', async () => {
    const schedules = await open();
    const { version } = await schedules.set(acme, { time: '10:00' }, change);
    await expect(schedules.unmarked(10)).resolves.toMatchObject([{ owner: acme, version }]);
    await schedules.set(acme, { time: '11:00' }, change);
    await schedules.noteMarked(acme, version);
    await expect(schedules.unmarked(10)).resolves.toMatchObject([{ owner: acme, version: version + 1 }]);
    await schedules.noteMarked(acme, version + 1);
    await expect(schedules.unmarked(10)).resolves.toEqual([]);
  });
};
