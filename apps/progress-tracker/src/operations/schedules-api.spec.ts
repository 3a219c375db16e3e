import { batchOf, event } from '../tracker.testkit';
import { runningTracker } from './operations.testkit';

describe('schedules on the API', () => {
  let tracker: Awaited<ReturnType<typeof runningTracker>>;
  beforeAll(async () => {
    tracker = await runningTracker();
    await tracker.tell(batchOf(1, [event('MenuRequested')]));
  }, 15_000);
  afterAll(() => tracker.close());

  const put = (owner: string, body: object, as: 'spec' | 'other' = 'spec') =>
    tracker.ask(`/v1/schedules/${owner}`, { method: 'PUT', body, as });

  it.each([['employer:acme'], ['trainee:+12025550143']])(
    'are set for %s, with who changed what, and taken back',
    async (owner) => {
      await put(owner, { time: '10:00' });
      await put(owner, { time: '11:00' }, 'other');
      await expect(tracker.ask(`/v1/schedules/${owner}`)).resolves.toMatchObject({
        status: 200,
        body: {
          settings: { time: '11:00' },
          changedBy: 'other',
          history: [{ settings: { time: '10:00' }, changedBy: 'spec' }],
        },
      });
      expect((await tracker.ask(`/v1/schedules/${owner}`, { method: 'DELETE' })).status).toBe(204);
      expect((await tracker.ask(`/v1/schedules/${owner}`)).body).toMatchObject({ settings: {}, version: 3 });
    },
  );

  it('show what they mean for a trainee, and how many start when', async () => {
    await tracker.tell(batchOf(2, [event('TraineeRegistered')]));
    const shown = await tracker.ask('/v1/trainees/+12025550143/schedule');
    expect(shown).toMatchObject({
      status: 200,
      body: {
        zone: { name: 'America/New_York', source: 'organisation' },
        schedule: { days: { from: 'organisation' } },
      },
    });
    const [today, later] = [0, 14].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
    const counted = await tracker.ask('/v1/schedules/preview', { body: { from: today, to: later } });
    expect(counted).toMatchObject({ status: 200, body: { people: 1, none: [] } });
  });

  it('of somebody who was never heard of are not there, and a bad phone or time is refused', async () => {
    await expect(tracker.ask('/v1/trainees/+12025550199/schedule')).resolves.toMatchObject({ status: 404 });
    await expect(tracker.ask('/v1/trainees/5550199/schedule')).resolves.toMatchObject({ status: 400 });
    const body = { from: 'today', to: '2026-13-01' };
    await expect(tracker.ask('/v1/schedules/preview', { body })).resolves.toMatchObject({ status: 400 });
  });

  it.each([
    [{ window: { opens: '08:00', closes: '06:00' } }, 'did you mean 18?'],
    [{ time: '22:00', window: { opens: '09:00', closes: '21:00' } }, 'outside the window'],
  ])('with %j are set with a warning: %s', async (settings, warning) => {
    const { status, body } = await put('employer:acme', settings);
    expect(status).toBe(200);
    expect(body['warnings']).toEqual([expect.stringContaining(warning)]);
  });

  it.each([
    ['employer:nobody', { time: '10:00' }, 'nobody is known of this employer'],
    ['unit:acme:attic', { time: '10:00' }, 'nobody is known of this unit'],
    ['trainee:+12025550199', { time: '10:00' }, 'nobody is known of this phone'],
    ['trainee:5550199', { time: '10:00' }, 'E.164'],
    ['unit:acme', { time: '10:00' }, 'unit:EMPLOYER:UNIT'],
    ['organisation', { time: '10:00' }, 'schedule.yaml'],
    ['employer:acme', { time: '25:00' }, 'time: '],
    ['employer:acme', { zone: 'EST' }, 'zone: '],
    ['employer:acme', { window: { opens: '09:00', closes: '09:00' } }, 'window'],
    ['employer:acme', { tme: '10:00' }, 'tme'],
  ])('of %s with %j are refused with the place and the reason', async (owner, body, reason) => {
    const answer = await put(owner, body);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(reason);
  });
});
