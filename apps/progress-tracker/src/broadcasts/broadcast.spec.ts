import { event, started } from '../tracker.testkit';
import { broadcastWorld, phoneOf } from './broadcasts.testkit';
import { confirmBroadcast, previewBroadcast } from './operate';

const texts = { en: 'The clinic opens at ten.', es: 'La clínica abre a las diez.' };
const everybody = { audience: { everybody: true }, texts };
const nine = (past: 'nextDay' | 'skip') => ({
  ...everybody,
  at: { date: '2026-06-10', time: '09:00', past },
});
type World = ReturnType<typeof broadcastWorld>;

const preview = async ({ parts }: World, content: unknown) => {
  const answer = await previewBroadcast(content, parts);
  if (answer.kind === 'invalid') throw new Error(answer.problems.join('\n'));
  return answer.preview;
};

const confirm = async ({ parts }: World, content: unknown, key?: string) =>
  confirmBroadcast(content, { by: 'spec', key }, parts);

const confirmed = async (world: World, content: unknown, key?: string): Promise<string> => {
  const answer = await confirm(world, content, key);
  if (answer.kind !== 'confirmed') throw new Error(JSON.stringify(answer));
  return answer.broadcast.id;
};

/** At 15:00Z it is 11:00 in New York, 08:00 in Los Angeles, and midnight in Tokyo. */
const threeZones = async () => {
  const world = broadcastWorld('2026-06-10T15:00Z');
  await world.hires(phoneOf(1), { zone: 'America/New_York' });
  await world.hires(phoneOf(2), { zone: 'America/Los_Angeles', language: 'es' });
  return world;
};

describe('a broadcast', () => {
  it('at nine by local time goes out there where it is nine, once for each phone', async () => {
    const world = await threeZones();
    await confirmed(world, nine('nextDay'));
    await expect(world.ticksAt('2026-06-10T15:59Z')).resolves.toEqual([]);
    await expect(world.ticksAt('2026-06-10T16:00Z')).resolves.toMatchObject([
      {
        phone: phoneOf(2),
        texts,
        delivery: {
          notAfter: '2026-06-11T04:00:00.000Z',
          windows: [{ opens: '2026-06-10T16:00:00.000Z', closes: '2026-06-11T04:00:00.000Z' }],
        },
      },
    ]);
    await expect(world.ticksAt('2026-06-11T12:59Z')).resolves.toEqual([]);
    await expect(world.ticksAt('2026-06-11T13:00Z')).resolves.toMatchObject([{ phone: phoneOf(1) }]);
    await expect(world.ticksAt('2026-06-12T13:00Z')).resolves.toEqual([]);
  });

  it('leaves out whose nine o’clock is past, where that was chosen, and the preview says so', async () => {
    const world = await threeZones();
    await expect(preview(world, nine('skip'))).resolves.toMatchObject({
      people: 2,
      reached: { people: 1, phones: [phoneOf(2)] },
      leftOut: [{ reason: 'past', people: 1, phones: [phoneOf(1)] }],
    });
    await confirmed(world, nine('skip'));
    await expect(world.ticksAt('2026-06-10T16:00Z')).resolves.toHaveLength(1);
    await expect(world.ticksAt('2026-06-11T13:00Z')).resolves.toEqual([]);
  });

  it('now goes out at once where the window is open, and where it opens elsewhere', async () => {
    const world = await threeZones();
    await confirmed(world, everybody);
    await expect(world.ticksAt('2026-06-10T15:00Z')).resolves.toMatchObject([{ phone: phoneOf(1) }]);
    await expect(world.ticksAt('2026-06-10T16:00Z')).resolves.toMatchObject([{ phone: phoneOf(2) }]);
  });

  it('goes to the list as it was at confirmation, whoever comes later', async () => {
    const world = await threeZones();
    await confirmed(world, nine('nextDay'));
    await world.hires(phoneOf(3), { zone: 'America/Los_Angeles' });
    await expect(world.ticksAt('2026-06-10T16:00Z')).resolves.toMatchObject([{ phone: phoneOf(2) }]);
  });

  it('reaches nobody who opted out or paused since', async () => {
    const world = await threeZones();
    await confirmed(world, nine('nextDay'));
    await world.hears(phoneOf(2), { zone: 'America/Los_Angeles', trainee: { optedOut: true } }, [
      event('TraineeOptedOut'),
    ]);
    await world.hears(
      phoneOf(1),
      {
        zone: 'America/New_York',
        trainee: { schedulePaused: { since: '2026-06-10T15:00:00Z', reason: 'text' } },
      },
      [event('SchedulePaused')],
    );
    await expect(world.ticksAt('2026-06-10T16:00Z')).resolves.toEqual([]);
    await expect(world.ticksAt('2026-06-11T13:00Z')).resolves.toEqual([]);
  });

  it('stops for whoever still waits, and says how far it came', async () => {
    const world = await threeZones();
    const id = await confirmed(world, nine('nextDay'));
    await world.ticksAt('2026-06-10T16:00Z');
    await expect(world.broadcasts.stop(id, { by: 'spec', at: new Date() })).resolves.toBe(true);
    await expect(world.ticksAt('2026-06-11T13:00Z')).resolves.toEqual([]);
    await expect(world.broadcasts.progressOf(id)).resolves.toEqual({
      waiting: 0,
      published: 1,
      passed: 0,
      stopped: 1,
    });
  });

  it('is one broadcast for one key, and nothing else', async () => {
    const world = await threeZones();
    const id = await confirmed(world, nine('nextDay'), 'june');
    await expect(confirmed(world, nine('nextDay'), 'june')).resolves.toBe(id);
    await expect(confirm(world, nine('skip'), 'june')).resolves.toEqual({ kind: 'keyReused' });
    await expect(world.ticksAt('2026-06-10T16:00Z')).resolves.toHaveLength(1);
  });

  it('says of each who is left out why', async () => {
    const world = broadcastWorld('2026-06-10T15:00Z');
    const hire = (last: number, person: object) => world.hires(phoneOf(last), person);
    await hire(0, {});
    await hire(1, { trainee: { registration: null } });
    await hire(2, { trainee: { optedOut: true } });
    await hire(3, { trainee: { schedulePaused: { since: '2026-06-01T00:00:00Z', reason: 'text' } } });
    await hire(4, { language: 'fr' });
    await world.hears(phoneOf(5), { zone: 'America/New_York' }, [event('TraineeRegistered'), started('one')]);
    const person = { account: { employerId: 'acme', personId: 'maria' } };
    await hire(6, {
      ...person,
      trainee: { registration: { code: 'A', demo: false, at: '2026-01-01T00:00:00Z' } },
    });
    await hire(7, {
      ...person,
      trainee: { registration: { code: 'A', demo: false, at: '2026-02-01T00:00:00Z' } },
    });
    const { reached, leftOut } = await preview(world, { ...everybody, busy: 'skip' });
    expect(reached.phones).toEqual([phoneOf(0), phoneOf(7)]);
    expect(Object.fromEntries(leftOut.map(({ reason, phones }) => [reason, phones]))).toEqual({
      unregistered: [phoneOf(1)],
      optedOut: [phoneOf(2)],
      paused: [phoneOf(3)],
      noText: [phoneOf(4)],
      busy: [phoneOf(5)],
      notActive: [phoneOf(6)],
    });
  });

  it('says that it reaches nobody while nobody has said when texts may come', async () => {
    const world = broadcastWorld('2026-06-10T15:00Z', null);
    await world.hires(phoneOf(0));
    await expect(preview(world, everybody)).resolves.toMatchObject({
      leftOut: [{ reason: 'noSchedule', people: 1 }],
      obstacles: [{ code: 'nobody' }],
    });
    await expect(confirm(world, everybody)).resolves.toMatchObject({ kind: 'hindered' });
  });

  it('leaves out whose window does not open before it is over', async () => {
    const world = broadcastWorld('2026-06-11T02:00Z');
    await world.hires(phoneOf(0));
    await expect(preview(world, { ...everybody, keepHours: 2 })).resolves.toMatchObject({
      leftOut: [{ reason: 'outsideWindow', people: 1 }],
    });
  });

  it('says when the first and the last text leave, and what each language costs', async () => {
    const world = await threeZones();
    await expect(preview(world, nine('skip'))).resolves.toMatchObject({
      languages: [{ language: 'es', people: 1, segmentsEach: 1, segments: 1, cost: 0.01 }],
      firstAt: new Date('2026-06-10T16:00Z'),
      lastAt: new Date('2026-06-10T16:00:00.100Z'),
      obstacles: [],
    });
  });

  it('is refused when it cannot fit the window at the rate of the account', async () => {
    const made = await threeZones();
    const world = { ...made, parts: { ...made.parts, tariff: { perSecond: 1 / 86_400 } } };
    await expect(confirm(world, nine('skip'))).resolves.toMatchObject({
      kind: 'hindered',
      preview: { obstacles: [{ code: 'doesNotFit' }] },
    });
    await expect(world.ticksAt('2026-06-10T16:00Z')).resolves.toEqual([]);
  });

  it.each([
    [{}, 'texts: '],
    [{ ...everybody, texts: {} }, 'texts: must hold at least one language'],
    [{ ...everybody, texts: { English: 'hi' } }, 'texts.English: '],
    [{ ...everybody, audienceName: 'night' }, 'audience: give either'],
    [{ texts, audienceName: 'nobody-saved-it' }, 'audienceName: no audience is saved'],
    [{ texts, audience: { employer: 'acme' } }, 'audience: '],
    [{ ...everybody, at: { date: '2026-02-30', time: '09:00', past: 'skip' } }, 'at.date: '],
    [{ ...everybody, at: { date: '2026-03-01', time: '9am', past: 'skip' } }, 'at.time: must be a time'],
    [{ ...everybody, at: { date: '2026-03-01', time: '09:00' } }, 'at.past: '],
    [{ ...everybody, keepHours: 0 }, 'keepHours: '],
    [{ ...everybody, texst: {} }, 'texst'],
  ])('%j is refused, naming the field', async (content, problem) => {
    const { parts } = broadcastWorld('2026-06-10T15:00Z');
    const answer = await previewBroadcast(content, parts);
    expect(answer.kind === 'invalid' ? answer.problems : []).toContainEqual(expect.stringContaining(problem));
  });
});
