import { phoneSchema } from '@stopcovid/contracts';
import { completed, event, maria, started } from '../tracker.testkit';
import { clockWorld, profileIn } from './clock.testkit';

const nine = {
  time: '09:00',
  window: { opens: '08:00', closes: '21:00' },
  reminders: [4, 24],
  unfinished: { expireAfterDays: 3 },
};

/** Maria in New York (UTC-4 in June) registered on Tuesday at 10:00 and finished her first drill then. */
const world = async (given: object | null = nine) => {
  const made = clockWorld(given, '2026-06-09T14:00Z');
  await made.registers();
  await made.hears([completed('one')]);
  return made;
};

const types = (commands: readonly { readonly type: string }[]) => commands.map(({ type }) => type);

describe('the clock', () => {
  it('starts the next drill of the course when it is due, with all that others need to hold it back', async () => {
    const { ticksAt } = await world();
    await expect(ticksAt('2026-06-10T12:59:59Z')).resolves.toEqual([]);
    await expect(ticksAt('2026-06-10T13:00Z')).resolves.toMatchObject([
      {
        type: 'StartDrill',
        phone: maria,
        drill: 'two',
        reason: 'scheduled',
        expects: { runId: null },
        delivery: {
          notAfter: '2026-06-11T01:00:00.000Z',
          windows: [{ opens: '2026-06-10T12:00:00.000Z', closes: '2026-06-11T01:00:00.000Z' }],
        },
      },
    ]);
    await expect(ticksAt('2026-06-10T23:00Z')).resolves.toEqual([]);
  });

  const missedInOne = event('PromptFailed', { runId: 'run-one', drill: 'one' });
  const rightAgain = (runId: string) => [
    event('DrillStarted', { drill: 'one', runId, repeatsOnly: true }),
    event('PromptCompleted', { drill: 'one', runId, repeat: { drill: 'one', prompt: 'first' } }),
    completed('one', { runId, repeatsOnly: true }),
  ];
  /** She missed a question of her only drill: none is left. */
  const learned = async () => {
    const made = clockWorld(nine, '2026-06-09T14:00Z', { course: ['one'] });
    await made.registers();
    await made.hears([missedInOne, completed('one')]);
    return made;
  };

  it('asks what was missed again after a day and three more, where no drill is left, and then has nothing to do', async () => {
    const { ticksAt, hears } = await learned();
    await expect(ticksAt('2026-06-10T12:59:59Z')).resolves.toEqual([]);
    const [first, ...others] = await ticksAt('2026-06-10T13:00Z');
    expect(first).toMatchObject({
      type: 'RepeatPrompts',
      repeats: [{ drill: 'one', prompt: 'first' }],
      expects: { runId: null },
      delivery: { notAfter: '2026-06-11T01:00:00.000Z' },
    });
    expect(others).toEqual([]);
    await expect(ticksAt('2026-06-10T23:00Z')).resolves.toEqual([]);
    await hears(rightAgain('again-1'));
    await expect(ticksAt('2026-06-12T23:00Z')).resolves.toEqual([]);
    expect(types(await ticksAt('2026-06-13T13:00Z'))).toEqual(['RepeatPrompts']);
    await hears(rightAgain('again-2'));
    await expect(ticksAt('2026-07-13T13:00Z')).resolves.toEqual([]);
  });

  it('takes repeats alone for the one drill of their day, also when published twice or held back', async () => {
    const { ticksAt, hears, clockWith, phones, commands, at } = await learned();
    const crashed = clockWith({ phones: { ...phones, save: () => Promise.reject(new Error('killed')) } });
    at('2026-06-10T13:00Z');
    await expect(crashed.tick()).rejects.toThrow('killed');
    const [again] = await ticksAt('2026-06-10T13:01Z');
    expect(again?.commandId).toBe(commands[0]?.commandId);
    await hears([
      event('DrillPostponed', { drill: 'one', reason: 'congestion', occurrence: again?.commandId }),
    ]);
    const [later] = await ticksAt('2026-06-10T13:31Z');
    expect(later?.type).toBe('RepeatPrompts');
    expect(later?.commandId).not.toBe(again?.commandId);
  });

  it('says of a drill that none is left after it', async () => {
    const { ticksAt, hears } = await world();
    await hears([started('two'), completed('two')]);
    await expect(ticksAt('2026-06-10T13:00Z')).resolves.toMatchObject([{ drill: 'three', last: true }]);
  });

  it('starts nothing on the day of the registration, which had its drill', async () => {
    const { ticksAt } = await world();
    await expect(ticksAt('2026-06-09T22:00Z')).resolves.toEqual([]);
  });

  it('does nothing where nothing is said, and begins when it is', async () => {
    const { ticksAt, schedules, reschedules } = await world(null);
    await expect(ticksAt('2026-06-10T13:00Z')).resolves.toEqual([]);
    await schedules.set({ level: 'employer', employerId: 'other' }, nine as object, {
      by: 'me',
      at: new Date(),
    });
    await expect(ticksAt('2026-06-10T13:00Z')).resolves.toEqual([]);
    reschedules(nine);
    expect(types(await ticksAt('2026-06-10T13:00Z'))).toEqual(['StartDrill']);
  });

  it('follows the closest level, and plans its phones anew when that changes', async () => {
    const { ticksAt, schedules } = await world();
    await ticksAt('2026-06-10T11:00Z');
    const by = { by: 'me', at: new Date() };
    await schedules.set({ level: 'employer', employerId: 'acme' }, { time: '08:30' }, by);
    expect(types(await ticksAt('2026-06-10T12:30Z'))).toEqual(['StartDrill']);
  });

  it('puts the trainee’s own wishes first', async () => {
    const { ticksAt, hears } = await world();
    await hears([event('TraineeUpdated')], profileIn('America/New_York', { preferredTime: '18:00' }));
    await expect(ticksAt('2026-06-10T21:59Z')).resolves.toEqual([]);
    expect(types(await ticksAt('2026-06-10T22:00Z'))).toEqual(['StartDrill']);
  });

  it('plans the next drill by the days, the time and the zone that the drill SCHEDULE was told', async () => {
    const { ticksAt, hears } = await world();
    const said = profileIn('America/Phoenix', { deliveryDays: ['thu'], preferredTime: '19:00' });
    const stored = { field: 'timeZone', value: 'America/Phoenix', profile: { timeZone: 'America/Phoenix' } };
    await hears([started('change-schedule')]);
    await hears([event('PromptCompleted', { stored }), completed('change-schedule')], said);
    await expect(ticksAt('2026-06-11T02:00Z')).resolves.toEqual([]);
    await expect(ticksAt('2026-06-12T01:59:59Z')).resolves.toEqual([]);
    await expect(ticksAt('2026-06-12T02:00Z')).resolves.toMatchObject([{ type: 'StartDrill', drill: 'two' }]);
  });

  it('publishes the same id again after a crash between publishing and writing, and two owners at once do too', async () => {
    const { phones, clockWith, commands, ticksAt, at } = await world();
    const crashed = clockWith({ phones: { ...phones, save: () => Promise.reject(new Error('killed')) } });
    at('2026-06-10T13:00Z');
    await expect(crashed.tick()).rejects.toThrow('killed');
    await Promise.all([clockWith({}).tick(), clockWith({}).tick()]);
    await ticksAt('2026-06-10T13:01Z');
    expect(commands).toHaveLength(3);
    expect(new Set(commands.map(({ commandId }) => commandId)).size).toBe(1);
  });

  it('claims nothing for who has stopped or paused between planning and claim', async () => {
    const stopped = await world();
    await stopped.ticksAt('2026-06-10T12:00Z');
    await stopped.hears([event('TraineeOptedOut')], { ...profileIn('America/New_York'), optedOut: true });
    await expect(stopped.ticksAt('2026-06-10T13:00Z')).resolves.toEqual([]);
    const paused = await world();
    const schedulePaused = { since: '2026-06-10T12:00:00.000Z', reason: 'text' };
    await paused.hears([event('SchedulePaused')], { ...profileIn('America/New_York'), schedulePaused });
    await expect(paused.ticksAt('2026-06-10T13:00Z')).resolves.toEqual([]);
  });

  it('follows somebody who moves between planning and claim', async () => {
    const { ticksAt, hears } = await world();
    await ticksAt('2026-06-10T12:30Z');
    await hears([event('TraineeUpdated')], profileIn('America/Los_Angeles'));
    await expect(ticksAt('2026-06-10T13:00Z')).resolves.toEqual([]);
    expect(types(await ticksAt('2026-06-10T16:00Z'))).toEqual(['StartDrill']);
    await expect(ticksAt('2026-06-10T20:00Z')).resolves.toEqual([]);
  });

  it.each([
    ['an hour earlier', '2026-06-10T14:00Z'],
    ['an hour later', '2026-06-10T12:00Z'],
  ])(
    'moves with zone data that change between planning and due, and comes once: %s',
    async (_how, plannedFor) => {
      const { ticksAt, phones, stored, clockWith, commands } = await world();
      await ticksAt('2026-06-10T11:00Z');
      /* As a release with other zone data left it. */
      const before = await stored();
      if (before === undefined) throw new Error('there is no schedule');
      await phones.save([{ before, next: { ...before, nextAt: Date.parse(plannedFor) } }]);
      await phones.noteBasis(0, '2020a/0');
      const known = commands.length;
      const tick = async (at: string) => {
        const clock = clockWith({ now: () => Promise.resolve(Date.parse(at)) });
        for (let again = 0; again < 5; again += 1) await clock.tick();
        return types(commands.slice(known));
      };
      await expect(tick('2026-06-10T12:59:59Z')).resolves.toEqual([]);
      await expect(tick('2026-06-10T13:00Z')).resolves.toEqual(['StartDrill']);
      await expect(tick('2026-06-10T14:00Z')).resolves.toEqual(['StartDrill']);
    },
  );

  it('reminds while a prompt is open, and not after an answer', async () => {
    const { ticksAt, hears, at } = await world();
    const [start] = await ticksAt('2026-06-10T13:00Z');
    expect(start?.type).toBe('StartDrill');
    await hears([started('two')]);
    await expect(ticksAt('2026-06-10T17:00Z')).resolves.toMatchObject([
      { type: 'RemindTrainee', runId: 'run-two', prompt: 'first', rung: 1 },
    ]);
    at('2026-06-11T07:00Z');
    await hears([completed('two')]);
    await expect(ticksAt('2026-06-11T12:30Z')).resolves.toEqual([]);
  });

  it('pauses the schedule when the last reminder was left alone as long as it had waited', async () => {
    const { ticksAt, hears } = await world({ ...nine, unfinished: 'wait' });
    await ticksAt('2026-06-10T13:00Z');
    await hears([started('two')]);
    const week = ['2026-06-10T17:00Z', '2026-06-11T17:00Z', '2026-06-12T16:59Z', '2026-06-12T17:00Z'];
    const sent = [];
    for (const instant of week) sent.push(types(await ticksAt(instant)));
    expect(sent).toEqual([['RemindTrainee'], ['RemindTrainee'], [], ['PauseSchedule']]);
    await expect(ticksAt('2026-06-12T18:00Z')).resolves.toEqual([]);
  });

  it('ends a drill that nobody answers, and goes on with the next', async () => {
    const { ticksAt, hears } = await world({ ...nine, reminders: [] });
    await ticksAt('2026-06-10T13:00Z');
    await hears([started('two')]);
    await expect(ticksAt('2026-06-13T04:00Z')).resolves.toMatchObject([
      { type: 'AbandonDrill', runId: 'run-two', reason: 'idle' },
    ]);
    await expect(ticksAt('2026-06-13T13:00Z')).resolves.toMatchObject([
      { type: 'StartDrill', drill: 'three' },
    ]);
  });

  it('tries a start again that the engine held back, within half an hour and under another id', async () => {
    const { ticksAt, hears, commands } = await world();
    const [start] = await ticksAt('2026-06-10T13:00Z');
    await hears([event('DrillPostponed', { drill: 'two', occurrence: start?.commandId })]);
    await expect(ticksAt('2026-06-10T13:04Z')).resolves.toEqual([]);
    expect(types(await ticksAt('2026-06-10T13:30Z'))).toEqual(['StartDrill']);
    expect(new Set(commands.map(({ commandId }) => commandId)).size).toBe(2);
  });

  it('spreads what an outage made late, each once and inside the window', async () => {
    const { ticksAt, ticks } = await world();
    const early = await ticksAt('2026-06-10T15:00Z');
    const late = await ticksAt('2026-06-10T16:00Z');
    expect(types([...early, ...late])).toEqual(['StartDrill']);
    expect(early).toEqual([]);
    expect(ticks.some(({ claims }) => claims.some(({ held }) => held))).toBe(true);
  });

  it('lets a day go whose window closed while it was down, and says so', async () => {
    const { ticksAt, stored } = await world();
    await expect(ticksAt('2026-06-11T07:00Z')).resolves.toEqual([]);
    expect((await stored())?.clock.last).toMatchObject([
      { kind: 'drill', nominal: '2026-06-10', outcome: 'passed', reason: 'expired' },
    ]);
    expect(types(await ticksAt('2026-06-11T13:00Z'))).toEqual(['StartDrill']);
  });

  it('writes nothing and publishes nothing while nothing is due', async () => {
    const { ticksAt, stored, ticks } = await world();
    await ticksAt('2026-06-10T12:00Z');
    const before = await stored();
    ticks.length = 0;
    await ticksAt('2026-06-10T12:30Z');
    expect(await stored()).toEqual(before);
    expect(ticks.flatMap(({ claims }) => claims)).toEqual([]);
  });

  it('leaves the phones of other partitions, and phones that are no longer a person’s, alone', async () => {
    const { clockWith, commands, at } = await world();
    at('2026-06-10T13:00Z');
    await clockWith({ held: () => ({ partitions: [1], joins: 1 }) }).tick();
    await clockWith({ active: () => Promise.resolve(new Set([phoneSchema.parse('+12025550180')])) }).tick();
    expect(commands).toEqual([]);
  });
});
