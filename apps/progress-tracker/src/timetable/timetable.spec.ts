import { scheduleSettingsSchema } from '@stopcovid/calendar';
import { broadcastWorld, phoneOf } from '../broadcasts/broadcasts.testkit';
import { dripsOf } from '../clock/clock.testkit';
import { completed, event, maria, started } from '../tracker.testkit';
import { previewStarts } from './starts';
import { timetableOf } from './timetable';

type World = ReturnType<typeof broadcastWorld>;
const june = '2026-06-10T15:00Z';
const june15 = '2026-06-10T15:00:00Z';
const ten = { time: '10:00', window: { opens: '09:00', closes: '21:00' } };

const partsOf = ({ parts, store, phones, schedules, broadcasts }: World) => ({
  ...parts,
  store,
  phones,
  schedules,
  messages: broadcasts,
});

const timetable = async (world: World, phone = maria) => {
  const found = await timetableOf(phone, partsOf(world));
  if (found === undefined) throw new Error('nothing was ever heard of this phone');
  return found;
};

const starts = async (world: World, request: object) => {
  const answer = await previewStarts(request, partsOf(world));
  if (answer.kind === 'invalid') throw new Error(answer.problems.join('\n'));
  return answer.preview;
};

const iso = (at: number) => `${new Date(at).toISOString().slice(0, 16)}Z`;

describe('the timetable of a phone', () => {
  it('names each setting with the level that it comes from, and what was told by text', async () => {
    const world = broadcastWorld(june, ten);
    await world.hires(maria, {
      account: { employerId: 'acme' },
      trainee: {
        profile: { language: 'en', answers: {}, preferredTime: '18:00', timeZone: 'America/Chicago' },
      },
    });
    const change = { by: 'spec', at: new Date(june) };
    const days = scheduleSettingsSchema.parse({ days: ['mon'] });
    await world.schedules.set({ level: 'employer', employerId: 'acme' }, days, change);
    const { applies, zone } = await timetable(world);
    expect(applies).toMatchObject({
      settings: { days: ['mon'], time: '18:00', window: ten.window },
      from: { days: 'employer', time: 'told', window: 'organisation', repeats: 'default' },
    });
    expect(zone).toEqual({ name: 'America/Chicago', source: 'trainee', anyOf: ['America/Chicago'] });
  });

  it('shows the drills of the days ahead until the course ends, and a blackout date with its reason', async () => {
    const world = broadcastWorld(june, { ...ten, blackoutDates: ['2026-06-12'] });
    await world.hires(maria);
    const { ahead, idle } = await timetable(world);
    expect(idle).toBeNull();
    expect(ahead.map(({ at, drill, reason }) => [iso(at), drill, reason])).toEqual([
      ['2026-06-11T14:00Z', 'one', null],
      ['2026-06-12T04:00Z', null, 'blackout'],
      ['2026-06-13T14:00Z', 'two', null],
    ]);
  });

  it('shows the next steps of a drip among them, by their own times', async () => {
    const world = broadcastWorld(june, ten);
    await world.hires(maria, { account: { employerId: 'acme', dates: { hired: '2026-06-10' } } });
    const second = { days: 2, message: { en: 'Your second day.' }, drill: 'masks' };
    const drips = dripsOf({
      welcome: {
        from: 'hired',
        time: '11:00',
        steps: { first: { days: 1, message: { en: 'Hello' } }, second },
      },
    });
    const offer = () => ({ ...world.parts.offer(), drips });
    const { ahead } = (await timetableOf(maria, { ...partsOf(world), offer })) ?? { ahead: [] };
    expect(ahead.map(({ at, kind, drill }) => [iso(at), kind, drill])).toEqual([
      ['2026-06-11T14:00Z', 'drill', 'one'],
      ['2026-06-11T15:00Z', 'drip', null],
      ['2026-06-12T15:00Z', 'drill', 'masks'],
      ['2026-06-12T15:00Z', 'drip', null],
      ['2026-06-13T14:00Z', 'drill', 'two'],
    ]);
  });

  it('shows what was missed by itself where no drill is left, up its ladder as if it is right', async () => {
    const world = broadcastWorld(june, ten);
    await world.hires(maria);
    const wrong = event('PromptFailed', { runId: 'run-two', drill: 'two' });
    await world.hears(maria, { zone: 'America/New_York' }, [
      ...[started('one'), completed('one')],
      ...[started('two'), wrong, completed('two')],
    ]);
    const { ahead } = await timetable(world);
    expect(ahead.map(({ at, kind, drill }) => [iso(at), kind, drill])).toEqual([
      ['2026-06-11T14:00Z', 'repeat', null],
      ['2026-06-14T14:00Z', 'repeat', null],
    ]);
  });

  it('shows the reminder of an open question, and then what the clock has done', async () => {
    const world = broadcastWorld(june, { ...ten, reminders: [4] });
    await world.hires(maria);
    await world.hears(maria, { zone: 'America/New_York' }, [started('one')]);
    const before = await timetable(world);
    expect(before.ahead[0]).toMatchObject({
      kind: 'reminder',
      nominal: '1',
      at: Date.parse('2026-06-10T19:00Z'),
    });
    await world.ticksAt('2026-06-10T19:00Z');
    const { last } = await timetable(world);
    expect(last[0]).toMatchObject({ kind: 'reminder', outcome: 'published' });
  });

  it.each([
    ['whoever opted out has nothing ahead', [event('TraineeOptedOut')], { optedOut: true }, 'optedOut'],
    [
      'nor has who is paused',
      [event('SchedulePaused')],
      { schedulePaused: { since: june15, reason: 'text' } },
      'paused',
    ],
  ] as const)('%s', async (_what, events, trainee, idle) => {
    const world = broadcastWorld(june, ten);
    await world.hires(maria);
    await world.hears(maria, { zone: 'America/New_York', trainee }, events);
    await expect(timetable(world)).resolves.toMatchObject({ idle, ahead: [] });
  });

  it('without a zone shows the zones that all have to be inside their hours', async () => {
    const world = broadcastWorld(june, ten);
    await world.hires(maria, { zone: undefined as never });
    const { zone, ahead } = await timetable(world);
    expect(zone).toMatchObject({ name: null, source: 'unknown' });
    expect(zone.anyOf).toContain('America/Los_Angeles');
    expect(ahead.length).toBeGreaterThan(0);
  });

  it('says that nobody says anything about the schedule, and that nothing was ever heard', async () => {
    const world = broadcastWorld(june, null);
    await world.hires(maria);
    await expect(timetable(world)).resolves.toMatchObject({ applies: null, idle: 'noSchedule', ahead: [] });
    await expect(timetableOf(phoneOf(9), partsOf(world))).resolves.toBeUndefined();
  });
});

describe('a preview of starts', () => {
  const staff = async () => {
    const world = broadcastWorld(june, ten);
    await world.hires(phoneOf(1), { zone: 'America/New_York' });
    await world.hires(phoneOf(2), { zone: 'America/Los_Angeles' });
    await world.hires(phoneOf(3), { zone: 'America/Los_Angeles', trainee: { optedOut: true } });
    return world;
  };

  it('counts by hour, each by their own clock, and says who has none', async () => {
    const world = await staff();
    const counted = await starts(world, { from: '2026-06-11', to: '2026-06-12', per: 'hour' });
    expect(counted).toEqual({
      people: 3,
      starts: 2,
      times: [
        { from: new Date('2026-06-11T14:00Z'), starts: 1 },
        { from: new Date('2026-06-11T17:00Z'), starts: 1 },
      ],
      none: [{ reason: 'optedOut', people: 1 }],
    });
  });

  it('promises what the clock then does', async () => {
    const world = await staff();
    const counted = await starts(world, { from: '2026-06-10', to: '2026-06-11T15:00:00Z' });
    await world.ticksAt('2026-06-10T17:00Z');
    await world.ticksAt('2026-06-11T14:00Z');
    const published = await Promise.all(
      [1, 2, 3].map(async (last) => (await timetable(world, phoneOf(last))).last),
    );
    const drills = published
      .flat()
      .filter(({ kind, outcome }) => kind === 'drill' && outcome === 'published');
    expect(drills).toHaveLength(counted.starts);
  });

  it.each([
    [{ from: 'tomorrow', to: '2026-06-12' }, 'from: must be a date'],
    [{ from: '2026-06-12', to: '2026-06-12' }, 'to: must be later than from'],
    [{ from: '2026-06-01', to: '2026-06-02' }, 'to: is past'],
    [{ from: '2026-06-12', to: '2027-06-12' }, 'to: must be at most 62 days'],
    [{ from: '2026-06-12', to: '2026-06-13', per: 'minute' }, 'per: must be hour or day'],
    [{ from: '2026-06-12', to: '2026-06-13', audienceName: 'night' }, 'no audience is saved as night'],
    [{ from: '2026-06-12', to: '2026-06-13', who: 'all' }, 'who'],
  ])('of %j is refused: %s', async (request, problem) => {
    const answer = await previewStarts(request, partsOf(broadcastWorld(june, ten)));
    expect(answer.kind === 'invalid' && answer.problems.join('\n')).toContain(problem);
  });
});
