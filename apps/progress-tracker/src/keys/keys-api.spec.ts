import { hashOfKey } from '@stopcovid/runtime';
import { runningTracker } from '../operations/operations.testkit';
import { addKey, mostKeys } from './add-key';
import { inMemoryApiKeys } from './api-keys';

const analyst = { name: 'acme-dashboard', role: 'analyst' };

describe('the keys of the tracker', () => {
  let tracker: Awaited<ReturnType<typeof runningTracker>>;
  beforeEach(async () => {
    tracker = await runningTracker();
  });
  afterEach(() => tracker.close());

  const statusWith = async (key: unknown): Promise<number> => {
    const headers = { authorization: `Bearer ${String(key)}` };
    return (await fetch(`${tracker.url}/v1/trainees`, { headers })).status;
  };

  it('are shown once when they are added, and let in from then on', async () => {
    const { status, body } = await tracker.ask('/v1/keys', { body: analyst });
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { ...analyst, holds: true, createdBy: 'spec' },
    });
    expect(await statusWith(body['key'])).toBe(200);
    const listed = await tracker.ask('/v1/keys');
    expect(listed.body['items']).toMatchObject([{ ...analyst, lastUsedAt: expect.any(String) as string }]);
    const shown = JSON.stringify(listed.body);
    expect(shown).not.toContain(body['key']);
    expect(shown).not.toContain(hashOfKey(String(body['key'])).toString('hex'));
  });

  it('have a name that is never given again', async () => {
    await tracker.ask('/v1/keys', { body: analyst });
    await expect(tracker.ask('/v1/keys', { body: analyst })).resolves.toMatchObject({ status: 409 });
    const revoke = () => tracker.ask('/v1/keys/acme-dashboard', { method: 'DELETE' });
    await expect(revoke()).resolves.toMatchObject({ status: 204 });
    await expect(revoke()).resolves.toMatchObject({ status: 404 });
    await expect(tracker.ask('/v1/keys', { body: analyst })).resolves.toMatchObject({ status: 409 });
    const listed = await tracker.ask('/v1/keys');
    expect(listed.body['items']).toMatchObject([{ holds: false, revokedBy: 'spec' }]);
  });

  it.each([
    ['without a role', { name: 'acme' }, /role/],
    ['of a role that does not exist', { ...analyst, role: 'root' }, /role/],
    ['of a name that reads like something else', { ...analyst, name: 'Acme Dashboard' }, /name/],
    ['that concerns nobody', { ...analyst, employers: [] }, /employers/],
    ['that has expired', { ...analyst, expiresAt: '2020-01-01T00:00:00Z' }, /expiresAt/],
    ['that expires on a day in some zone', { ...analyst, expiresAt: '2099-01-01' }, /expiresAt/],
    ['with a field that means nothing', { ...analyst, employer: 'acme' }, /employer/],
    ['that brings itself along', { ...analyst, key: 'x'.repeat(40) }, /key/],
  ])('are refused when asked for one %s', async (_what, body, reason) => {
    const answer = await tracker.ask('/v1/keys', { body });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toMatch(reason);
  });
});

it('no more keys are added than can be compared at each request', async () => {
  const keys = inMemoryApiKeys();
  const change = { by: 'spec', at: new Date() };
  for (let count = 0; count < mostKeys; count += 1)
    await keys.add({
      ...{ name: `key-${count}`, role: 'analyst', sha256: 'a'.repeat(64) },
      ...{ createdAt: change.at, createdBy: 'spec' },
    });
  await expect(addKey(analyst, change, keys)).resolves.toEqual({ kind: 'tooMany' });
  await keys.revoke('key-0', change);
  await expect(addKey(analyst, change, keys)).resolves.toMatchObject({ kind: 'added' });
});
