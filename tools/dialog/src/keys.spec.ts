import { Readable } from 'node:stream';
import { inMemoryApiKeys } from '@stopcovid/progress-tracker';
import { addNewKey, listKeys, revokeKey } from './keys';

const at = new Date('2026-06-10T12:00:00.000Z');
const change = { by: 'dialog:spec', at };
const later = new Date('2027-06-10T12:00:00.000Z');

const desk = () => {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = {
    input: Readable.from([]),
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
  };
  return { out, err, terminal, keys: inMemoryApiKeys() };
};

const dashboard = {
  name: 'acme-dashboard',
  role: 'analyst',
  employers: ['acme', 'acme-south'],
  expiresAt: '2027-06-01T00:00:00Z',
};

describe('dialog keys', () => {
  it('prints a key once, alone on standard output, and never in the list', async () => {
    const { keys, terminal, out } = desk();
    await expect(addNewKey(dashboard, change, { keys, terminal })).resolves.toBe(0);
    expect(out).toEqual([expect.stringMatching(/^sc_[\w-]{43}$/)]);
    await expect(listKeys(keys, at, terminal)).resolves.toBe(0);
    expect(out.at(-1)).toMatch(
      /^acme-dashboard +analyst +acme,acme-south +2026-06-10T\S+ by dialog:spec +never +holds until 2027-06-01/,
    );
    expect(out.slice(1).join('\n')).not.toContain(out[0]);
  });

  it('says of each key that holds no more why', async () => {
    const { keys, terminal, out } = desk();
    await addNewKey(dashboard, change, { keys, terminal });
    await addNewKey({ name: 'nightly', role: 'operator' }, change, { keys, terminal });
    await expect(revokeKey('nightly', change, { keys, terminal })).resolves.toBe(0);
    await listKeys(keys, later, terminal);
    expect(out.slice(-2)).toEqual([
      expect.stringMatching(/^acme-dashboard .* expired$/),
      expect.stringMatching(/^nightly +operator +all .* revoked by dialog:spec at 2026-06-10/),
    ]);
  });

  it('adds none under a name that was given, and revokes none twice', async () => {
    const { keys, terminal, out, err } = desk();
    await addNewKey(dashboard, change, { keys, terminal });
    await expect(addNewKey(dashboard, change, { keys, terminal })).resolves.toBe(1);
    expect(out).toHaveLength(1);
    expect(err.at(-1)).toContain('take another name');
    await revokeKey('acme-dashboard', change, { keys, terminal });
    await expect(revokeKey('acme-dashboard', change, { keys, terminal })).resolves.toBe(1);
  });

  it('refuses what is no key, with the field that is wrong', async () => {
    const { keys, terminal } = desk();
    await expect(addNewKey({ name: 'Acme', role: 'root' }, change, { keys, terminal })).rejects.toThrow(
      /name: must be lower-case words[^]*role/,
    );
  });

  it('names keys that cannot be read', async () => {
    const { keys, terminal, err } = desk();
    const broken = { ...keys, all: () => Promise.resolve({ keys: [], unreadable: ['by-hand'] }) };
    await expect(listKeys(broken, at, terminal)).resolves.toBe(1);
    expect(err.at(-1)).toBe('the key by-hand cannot be read, and lets nobody in');
  });
});
