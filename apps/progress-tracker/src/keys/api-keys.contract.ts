import type { ApiKey } from './api-key';
import type { ApiKeys } from './api-keys';

const noon = new Date('2026-06-10T12:00:00.000Z');
const after = (ms: number): Date => new Date(noon.getTime() + ms);

const everywhere: ApiKey = {
  name: 'operations',
  role: 'admin',
  sha256: 'a'.repeat(64),
  createdAt: noon,
  createdBy: 'spec',
};
const acme: ApiKey = {
  ...everywhere,
  name: 'acme-dashboard',
  role: 'analyst',
  employers: ['acme', 'acme-south'],
  expiresAt: after(1_000),
};

/** What every store of keys must do. */
export const apiKeysContract = (open: () => Promise<ApiKeys>): void => {
  const opened = async (): Promise<ApiKeys> => {
    const keys = await open();
    await keys.add(everywhere);
    await keys.add(acme);
    return keys;
  };

  it('lists keys by name, with and without limits', async () =>
    expect(await (await opened()).all()).toEqual({ keys: [acme, everywhere], unreadable: [] }));

  it('keeps the first of a name, also when it is revoked', async () => {
    const keys = await opened();
    await expect(keys.add({ ...everywhere, name: acme.name })).resolves.toBe(false);
    const revoked = { by: 'spec', at: noon };
    await keys.revoke(acme.name, revoked);
    await expect(keys.add({ ...everywhere, name: acme.name })).resolves.toBe(false);
    expect((await keys.all()).keys).toEqual([{ ...acme, revoked }, everywhere]);
  });

  it('gives those that hold: until they expire, unless they are revoked', async () => {
    const keys = await opened();
    const namesAt = async (at: Date) => (await keys.holding(at)).keys.map(({ name }) => name).sort();
    await expect(namesAt(after(999))).resolves.toEqual(['acme-dashboard', 'operations']);
    await expect(namesAt(after(1_000))).resolves.toEqual(['operations']);
    await keys.revoke('operations', { by: 'spec', at: noon });
    await expect(namesAt(noon)).resolves.toEqual(['acme-dashboard']);
  });

  it('revokes once, and only what is there', async () => {
    const keys = await opened();
    await expect(keys.revoke('operations', { by: 'first', at: noon })).resolves.toBe(true);
    await expect(keys.revoke('operations', { by: 'second', at: noon })).resolves.toBe(false);
    await expect(keys.revoke('nobody', { by: 'spec', at: noon })).resolves.toBe(false);
    expect((await keys.all()).keys.find(({ revoked }) => revoked)).toMatchObject({
      revoked: { by: 'first' },
    });
  });

  it('puts on record once a minute that a key was used', async () => {
    const keys = await opened();
    const usedAt = async (at: Date) => {
      await keys.used('operations', at);
      return (await keys.all()).keys.find(({ name }) => name === 'operations')?.lastUsedAt;
    };
    await expect(usedAt(noon)).resolves.toEqual(noon);
    await expect(usedAt(after(59_999))).resolves.toEqual(noon);
    await expect(usedAt(after(60_000))).resolves.toEqual(after(60_000));
  });

  it('makes no key of one that was used and is not there', async () => {
    const keys = await opened();
    await keys.used('nobody', noon);
    expect((await keys.all()).keys).toHaveLength(2);
  });
};
