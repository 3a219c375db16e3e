import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { loadConfig, Secret } from '@stopcovid/runtime';
import { ProgressTrackerConfig } from '../config';
import { newRecordsKey, recordsKey } from './records.testkit';
import { nameRecords } from './signing';

const configured = (environment: Readonly<Record<string, string>>) =>
  loadConfig(ProgressTrackerConfig, {
    KAFKA_BROKERS: 'kafka:9092',
    MONGODB_URL: 'mongodb://mongo/none',
    API_KEYS: 'one=a-key-of-the-spec-itself',
    ...environment,
  });
const pem = recordsKey.secret.reveal();
const jwk = JSON.stringify(createPrivateKey(pem).export({ format: 'jwk' }));

describe('the key of records', () => {
  it('is the same one as PEM and as JWK', () => {
    const names = [pem, jwk].map((text) => {
      const { RECORDS_KEY } = configured({ RECORDS_KEY: text });
      return nameRecords(RECORDS_KEY ?? new Secret(''))('+12025550143', 'course');
    });
    expect(names[1]).toBe(names[0]);
  });

  const rsa = generateKeyPairSync('rsa', { modulusLength: 1_024 }).privateKey;
  it.each([
    ['a word', 'secret'],
    ['half a JWK', jwk.slice(0, 40)],
    ['another kind of key', rsa.export({ format: 'pem', type: 'pkcs8' }).toString()],
    ['a public key', JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: recordsKey.x })],
  ])('is not %s, and what was given is not told', (_what, text) => {
    const load = () => configured({ RECORDS_KEY: text });
    expect(load).toThrow(/RECORDS_KEY.*openssl genpkey -algorithm ed25519/s);
    expect(load).not.toThrow(text);
  });

  it('may follow others, whose public parts are given', () => {
    const two = [recordsKey.x, newRecordsKey().x];
    expect(configured({ RECORDS_EARLIER_KEYS: two.join(',') }).RECORDS_EARLIER_KEYS).toEqual(two);
    expect(() => configured({ RECORDS_EARLIER_KEYS: 'short' })).toThrow(/RECORDS_EARLIER_KEYS/);
  });
});
