import { inMemoryBroadcasts } from '../broadcasts/in-memory-broadcasts';
import { inMemorySchedules } from '../schedules/in-memory-schedules';
import { ScheduleAgenda } from './agenda';
import { inMemoryPhoneSchedules } from './in-memory-phone-schedules';
import { notedBy } from './noted-by';

const owner = { level: 'employer', employerId: 'acme' } as const;

const noted = async () => {
  const agenda = new ScheduleAgenda();
  agenda.follow({ partitions: [0], joins: 1 });
  await agenda.read(0, (until) => Promise.resolve({ rows: [], upTo: until }));
  const kept = { phoneSchedules: inMemoryPhoneSchedules() };
  const parts = notedBy(agenda, {
    kept,
    schedules: inMemorySchedules(),
    broadcasts: inMemoryBroadcasts(),
  });
  return { agenda, parts };
};

describe('what the clock of this replica hears of', () => {
  it('is nothing while questions are asked', async () => {
    const { agenda, parts } = await noted();
    await Promise.all([parts.schedules.any(), parts.schedules.of([owner]), parts.broadcasts.of('one')]);
    expect(agenda.mustAsk(1)).toBe(false);
  });

  it('is an owner’s new schedule', async () => {
    const { agenda, parts } = await noted();
    await parts.schedules.set(owner, { time: '09:00' }, { by: 'spec', at: new Date() });
    expect(agenda.mustAsk(1)).toBe(true);
  });

  it('is a broadcast that begins', async () => {
    const { agenda, parts } = await noted();
    await parts.broadcasts.release('one', 0);
    expect(agenda.mustAsk(1)).toBe(true);
  });
});
