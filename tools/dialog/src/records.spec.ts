import { createPrivateKey, createPublicKey } from 'node:crypto';
import { Readable } from 'node:stream';
import { newRecordsKey } from './records';

const made = () => {
  const [out, err]: [string[], string[]] = [[], []];
  newRecordsKey({
    input: Readable.from([]),
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
  });
  return { key: out.join('\n'), said: err.join('\n') };
};

describe('a new key for records', () => {
  it('is a private Ed25519 key as PEM, alone on standard output', () =>
    expect(createPrivateKey(made().key).asymmetricKeyType).toBe('ed25519'));

  it('comes with its public part and the names of what is to be set, and without the key itself', () => {
    const { key, said } = made();
    expect(said).toContain(String(createPublicKey(key).export({ format: 'jwk' }).x));
    for (const name of ['RECORDS_KEY', 'RECORDS_ISSUER_NAME', 'RECORDS_URL', 'RECORDS_EARLIER_KEYS'])
      expect(said).toContain(name);
    expect(said).not.toContain(key.split('\n')[1]);
  });

  it('is another each time', () => expect(made().key).not.toBe(made().key));
});
