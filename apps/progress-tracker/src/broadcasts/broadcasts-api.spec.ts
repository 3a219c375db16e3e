import { batchOf, event } from '../tracker.testkit';
import { runningTracker } from '../operations/operations.testkit';

/* A week: whenever this runs, the window of the drills beside opens in it. */
const content = {
  audience: { employerId: 'acme' },
  texts: { en: 'The clinic opens at ten.' },
  keepHours: 168,
};

/** Maria of Acme is registered. */
const world = async () => {
  const tracker = await runningTracker();
  await tracker.tell(batchOf(1, [event('TraineeRegistered')]));
  return tracker;
};

describe('broadcasts by HTTP', () => {
  let tracker: Awaited<ReturnType<typeof world>>;
  beforeAll(async () => (tracker = await world()));
  afterAll(() => tracker.close());

  it('a dry run is the preview', async () => {
    const answer = await tracker.ask('/v1/broadcasts?dryRun=true', { body: content });
    expect(answer).toMatchObject({ status: 200, body: { people: 1 } });
  });

  it('a broadcast is confirmed, looked at, listed and stopped', async () => {
    const asked = await tracker.ask('/v1/broadcasts', { body: content, key: 'june' });
    expect(asked).toMatchObject({ status: 202, body: { people: 1, by: 'spec', state: 'running' } });
    await expect(tracker.ask('/v1/broadcasts', { body: content, key: 'june' })).resolves.toEqual(asked);
    const seen = await tracker.ask(asked.location ?? '');
    expect(seen.body['progress']).toMatchObject({ stopped: 0 });
    await expect(tracker.ask('/v1/broadcasts')).resolves.toMatchObject({ body: { items: [asked.body] } });
    const stopped = await tracker.ask(`${asked.location ?? ''}/stop`, { method: 'POST' });
    expect(stopped).toMatchObject({ status: 200, body: { state: 'stopped' } });
  });

  it.each([
    [{ ...content, texts: {} }, 400, 'texts: '],
    [{ ...content, audience: { employerId: 'nobodys' } }, 409, 'reach nobody'],
  ])('%j is refused with %d, and says why', async (body, status, message) => {
    const answer = await tracker.ask('/v1/broadcasts', { body, key: `once-${status}` });
    expect(answer).toMatchObject({ status, body: { detail: expect.stringContaining(message) } });
  });

  it('a key that stood for something else is refused', async () => {
    await tracker.ask('/v1/broadcasts', { body: content, key: 'july' });
    const other = { ...content, keepHours: 1 };
    await expect(tracker.ask('/v1/broadcasts', { body: other, key: 'july' })).resolves.toMatchObject({
      status: 422,
    });
  });

  it('one that is not there is not found', () =>
    expect(tracker.ask('/v1/broadcasts/broadcast-x')).resolves.toMatchObject({ status: 404 }));

  it('nobody without a key is told or heard', async () => {
    const as = 'nobody' as never;
    await expect(tracker.ask('/v1/broadcasts', { as })).resolves.toMatchObject({ status: 401 });
    await expect(tracker.ask('/v1/audiences', { as })).resolves.toMatchObject({ status: 401 });
  });

  it('an audience is saved under a name, used, listed and removed', async () => {
    const put = await tracker.ask('/v1/audiences/acme-all', { method: 'PUT', body: { employerId: 'acme' } });
    expect(put).toMatchObject({ status: 200, body: { name: 'acme-all', changedBy: 'spec' } });
    const { texts } = content;
    await expect(
      tracker.ask('/v1/broadcasts?dryRun=true', { body: { audienceName: 'acme-all', texts } }),
    ).resolves.toMatchObject({ body: { people: 1 } });
    await expect(tracker.ask('/v1/audiences')).resolves.toMatchObject({ body: { items: [put.body] } });
    await expect(tracker.ask('/v1/audiences/acme-all', { method: 'DELETE' })).resolves.toMatchObject({
      status: 204,
    });
    await expect(tracker.ask('/v1/audiences/acme-all')).resolves.toMatchObject({ status: 404 });
  });

  it('an audience that says nothing right is refused, naming the field', () =>
    expect(
      tracker.ask('/v1/audiences/night', { method: 'PUT', body: { employer: 'acme' } }),
    ).resolves.toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('employer') },
    }));
});
