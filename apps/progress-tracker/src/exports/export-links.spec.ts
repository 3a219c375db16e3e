import { Secret } from '@stopcovid/runtime';
import type { ApiKey } from '../keys/api-key';
import { inMemoryApiKeys, type ApiKeys } from '../keys/api-keys';
import { linkMs, linksOf } from './export-links';
import { after, dayMs, noon, ready } from './exports.testkit';

const key = (changes: Partial<ApiKey> = {}): ApiKey => ({
  ...{ name: 'dashboard', role: 'analyst', sha256: '0'.repeat(64), createdAt: noon, createdBy: 'spec' },
  ...changes,
});

const made = (keys: ApiKeys = inMemoryApiKeys(), secret = 'name=of-the-settings-keys') => {
  let time = noon;
  const links = linksOf({ secret: new Secret(secret), keys, now: () => time });
  const opens = async (token: string, id = 'ex_one') => (await links.open(token, id)) !== undefined;
  return { links, opens, at: (ms: number) => (time = after(ms)) };
};

describe('a link to a file', () => {
  it('holds for an hour, and says for whom it was made', async () => {
    const { links, opens, at } = made();
    const { token, until } = links.make(ready(), 'dashboard');
    expect(until).toEqual(after(linkMs));
    expect(await links.open(token, 'ex_one')).toEqual({ id: 'ex_one', by: 'dashboard', until });
    at(linkMs - 1);
    expect(await opens(token)).toBe(true);
    at(linkMs);
    expect(await opens(token)).toBe(false);
  });

  it('ends when the file is removed', () => {
    const { links, at } = made();
    at(7 * dayMs - 1_000);
    expect(links.make(ready(), 'dashboard').until).toEqual(after(7 * dayMs));
  });

  it('leads to one file alone, and cannot be changed, nor made by others', async () => {
    const { links, opens } = made();
    const { token } = links.make(ready(), 'dashboard');
    const turned = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`;
    const foreign = made(undefined, 'name=of-other-settings-keys').links.make(ready(), 'dashboard').token;
    expect([
      await opens(token, 'ex_two'),
      await opens(turned),
      await opens(foreign),
      await opens(''),
    ]).toEqual([false, false, false, false]);
    expect(Buffer.from(token, 'base64url').toString('latin1')).not.toMatch(/ex_one|dashboard/);
  });

  it('dies with the key that it was made for', async () => {
    const keys = inMemoryApiKeys();
    await keys.add(key({ expiresAt: after(2_000) }));
    await keys.add(key({ name: 'revoked' }));
    const { links, opens, at } = made(keys);
    const [expiring, revoked] = [links.make(ready(), 'dashboard'), links.make(ready(), 'revoked')];
    expect([await opens(expiring.token), await opens(revoked.token)]).toEqual([true, true]);
    await keys.revoke('revoked', { by: 'spec', at: noon });
    at(2_000);
    expect([await opens(expiring.token), await opens(revoked.token)]).toEqual([false, false]);
  });
});
