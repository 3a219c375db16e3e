import { compileSchedule, mergeSchedules, type ScheduleSettings } from '@stopcovid/calendar';
import { phoneSchema, traineeSchema } from '@stopcovid/contracts';
import { inMemoryPhoneSchedules } from '../clock/in-memory-phone-schedules';
import { beginSchedule } from '../clock/evolve-schedule';
import type { TraineeProgress } from '../progress/evolve-progress';
import { inMemorySchedules } from '../schedules/in-memory-schedules';
import { maria, registered } from '../tracker.testkit';
import { hoursAt, hoursFrom } from './hours';

const days: ScheduleSettings['days'] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const office: ScheduleSettings = { days, window: { opens: '08:00', closes: '21:00' } };
const in2026 = (rest: string): Date => new Date(`2026-${rest}`);

const progressOf = (phone: string, timeZone?: string): TraineeProgress => ({
  phone: phoneSchema.parse(phone),
  version: 1,
  partition: 0,
  offset: '0',
  firstSeenAt: in2026('01-01T00:00:00Z'),
  drills: [],
  trainee: traineeSchema.parse({
    ...registered,
    profile: { ...registered.profile, ...(timeZone === undefined ? {} : { timeZone }) },
  }),
});

const told = (phone: string, settings: ScheduleSettings, at: string, timeZone?: string): object => {
  const now = in2026(at).getTime();
  const applies = compileSchedule(mergeSchedules({ organisation: settings }), 'spec');
  const hours = hoursAt(beginSchedule(progressOf(phone, timeZone), now), applies, now);
  const iso = (instant: number): string => new Date(instant).toISOString();
  if (hours.kind === 'open') return { from: iso(hours.window.from), to: iso(hours.window.to) };
  return hours.kind === 'noZone' ? hours : { opensAt: hours.opensAt && iso(hours.opensAt), zone: hours.zone };
};

const newYork = 'America/New_York';
const wednesday = { from: '2026-03-04T13:00:00.000Z', to: '2026-03-05T02:00:00.000Z' };
const thursday = { opensAt: '2026-03-05T13:00:00.000Z', zone: newYork };
const monday = { opensAt: '2026-03-09T12:00:00.000Z', zone: newYork };

describe('the hours of a trainee', () => {
  it.each([
    ['a second before the closing', '03-05T01:59:59Z', office, wednesday],
    ['at the closing', '03-05T02:00:00Z', office, thursday],
    ['at the opening', '03-04T13:00:00Z', office, wednesday],
    ['over a weekend and a change of clocks', '03-07T15:00:00Z', office, monday],
    ['on a blackout date', '03-04T15:00:00Z', { ...office, blackoutDates: ['2026-03-04'] }, thursday],
    [
      'after the last date',
      '03-04T15:00:00Z',
      { ...office, end: '2026-03-01' },
      { opensAt: null, zone: newYork },
    ],
    [
      'over midnight in one piece',
      '03-05T04:00:00Z',
      { window: { opens: '20:00', closes: '02:00' } },
      { from: '2026-03-05T01:00:00.000Z', to: '2026-03-05T07:00:00.000Z' },
    ],
  ] as const)('%s', (_when, at, settings, hours) =>
    expect(told(maria, settings as ScheduleSettings, at, newYork)).toEqual(hours),
  );

  it('are those that suit every zone of their number where none is known', () =>
    expect(told(maria, { window: { opens: '09:00', closes: '21:00' } }, '07-06T12:00:00Z')).toMatchObject({
      zone: null,
    }));

  it('are the usual ones where nobody says anything, also of whom no schedule is kept', async () => {
    const hoursOf = hoursFrom({
      phones: inMemoryPhoneSchedules(),
      schedules: inMemorySchedules(),
      organisation: () => undefined,
    });
    const trainee = progressOf(maria, newYork);
    await expect(hoursOf(trainee, in2026('03-04T15:00:00Z'))).resolves.toMatchObject({ kind: 'open' });
    await expect(hoursOf(trainee, in2026('03-04T13:59:00Z'))).resolves.toMatchObject({ kind: 'closed' });
  });

  it('change with what is said of them alone', async () => {
    const schedules = inMemorySchedules();
    const hoursOf = hoursFrom({ phones: inMemoryPhoneSchedules(), schedules, organisation: () => office });
    const at = in2026('03-05T04:00:00Z');
    const trainee = progressOf(maria, newYork);
    await expect(hoursOf(trainee, at)).resolves.toMatchObject({ kind: 'closed' });
    const night: ScheduleSettings = { window: { opens: '22:00', closes: '24:00' } };
    await schedules.set({ level: 'trainee', phone: trainee.phone }, night, { by: 'spec', at });
    await expect(hoursOf(trainee, at)).resolves.toMatchObject({ kind: 'open' });
  });
});
