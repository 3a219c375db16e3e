import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey } from 'jose';
import { tokenCallers, tokenRulesOf, type TokenRules } from './token-callers';

const now = Date.parse('2026-03-01T12:00:00Z');
const seconds = (fromNow: number): number => now / 1_000 + fromNow;
const claims = { sub: 'ann@example.org', role: 'analyst', employers: ['acme', 'umbrella'] };

type Signing = {
  readonly payload?: object;
  readonly issuer?: string;
  readonly audience?: string;
  readonly expires?: number;
  readonly key?: CryptoKey | Uint8Array;
  readonly alg?: string;
  readonly kid?: string;
};

describe('tokens of an identity provider', () => {
  let server: Server;
  let rules: TokenRules;
  let ours: CryptoKey;
  let strangers: CryptoKey;
  const jwks: { status: number; body: unknown; asked: number } = { status: 200, body: {}, asked: 0 };
  const refused: string[] = [];

  const token = ({
    payload = claims,
    issuer = 'https://login.example.org',
    audience = 'stopcovid',
    expires = 60,
    key = ours,
    alg = 'ES256',
    kid = 'one',
  }: Signing = {}): Promise<string> =>
    new SignJWT({ ...payload })
      .setProtectedHeader({ alg, kid })
      .setIssuer(issuer)
      .setAudience(audience)
      .setExpirationTime(seconds(expires))
      .sign(key);

  const callers = () => tokenCallers(rules, { now: () => now, onRefused: (why) => refused.push(why) });
  const whose = async (text: string) => callers().of(`Bearer ${text}`);

  beforeAll(async () => {
    const [pair, other] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
    [ours, strangers] = [pair.privateKey, other.privateKey];
    jwks.body = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES256' }] };
    server = createServer((_request, response) => {
      jwks.asked += 1;
      response.writeHead(jwks.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(jwks.body));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    rules = {
      keys: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`),
      issuer: 'https://login.example.org',
      audience: 'stopcovid',
      algorithm: 'ES256',
    };
  });
  afterAll(() => new Promise((closed) => server.close(closed)));
  beforeEach(() => {
    refused.length = 0;
    jwks.status = 200;
  });

  it('say who asks, in which role and for which employers', async () =>
    expect(await whose(await token())).toEqual({
      name: 'token:ann@example.org',
      role: 'analyst',
      employers: ['acme', 'umbrella'],
    }));

  it('open everything only where they say so', async () => {
    const all = await whose(await token({ payload: { ...claims, employers: '*' } }));
    expect(all).toEqual({ name: 'token:ann@example.org', role: 'analyst' });
  });

  it.each<[string, Signing, string]>([
    ['of another issuer', { issuer: 'https://evil.example.org' }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['for somebody else', { audience: 'payroll' }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
    ['that has expired', { expires: -31 }, 'ERR_JWT_EXPIRED'],
    ['of a key that the provider does not have', { kid: 'two' }, 'ERR_JWKS_NO_MATCHING_KEY'],
    ['that names no role', { payload: { ...claims, role: undefined } }, 'claims: role'],
    ['of a role that there is not', { payload: { ...claims, role: 'root' } }, 'claims: role'],
    ['that says nothing of employers', { payload: { ...claims, employers: undefined } }, 'claims: employers'],
    ['limited to nobody', { payload: { ...claims, employers: [] } }, 'claims: employers'],
    ['of a name with a line break', { payload: { ...claims, sub: 'ann\nben' } }, 'claims: sub'],
    ['of nobody', { payload: { ...claims, sub: undefined } }, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
  ])('%s are not taken, and it is told why', async (_what, signing, why) => {
    expect(await whose(await token(signing))).toBeUndefined();
    expect(refused).toEqual([why]);
  });

  it('that somebody else signed are not taken', async () => {
    expect(await whose(await token({ key: strangers }))).toBeUndefined();
    expect(refused).toEqual(['ERR_JWS_SIGNATURE_VERIFICATION_FAILED']);
  });

  it('signed in another way than the one that was agreed are not taken', async () => {
    const secret = new TextEncoder().encode('a shared secret of thirty-two letters');
    const unsigned = new UnsecuredJWT({ ...claims }).setIssuer('https://login.example.org').encode();
    expect(await whose(await token({ key: secret, alg: 'HS256' }))).toBeUndefined();
    expect(await whose(`${unsigned}x`)).toBeUndefined();
    expect(await whose(unsigned)).toBeUndefined();
    expect(refused[0]).toBe('ERR_JOSE_ALG_NOT_ALLOWED');
  });

  it('hold half a minute longer than they say, as clocks differ', async () =>
    expect(await whose(await token({ expires: -29 }))).toMatchObject({ role: 'analyst' }));

  it('are all verified by one reading of the keys, also those of keys that there are not', async () => {
    const same = callers();
    jwks.asked = 0;
    for (const text of [
      await token(),
      await token(),
      await token({ kid: 'two' }),
      await token({ kid: 'three' }),
    ])
      await same.of(`Bearer ${text}`);
    expect(jwks.asked).toBe(1);
  });

  it('are nobody’s to judge while the keys cannot be had', async () => {
    jwks.status = 503;
    await expect(whose(await token())).rejects.toThrow('200 OK');
  });

  it.each([undefined, 'Bearer sc_a-key-of-ours', 'Basic a.b.c', 'Bearer a.b', 'Bearer a.b.c.d'])(
    'are not what %s is: nobody is asked about it',
    async (authorization) => {
      jwks.asked = 0;
      expect(await callers().of(authorization)).toBeUndefined();
      expect([jwks.asked, refused]).toEqual([0, []]);
    },
  );
});

describe('the settings of tokens', () => {
  const algorithm = { JWT_ALGORITHM: 'RS256' } as const;
  const JWKS_URL = new URL('https://login.example.org/jwks.json');

  it('take no tokens where there are none', () => expect(tokenRulesOf(algorithm)).toBeUndefined());

  it('name what is missing where there are some', () =>
    expect(() => tokenRulesOf({ ...algorithm, JWKS_URL, JWT_ISSUER: 'https://login.example.org' })).toThrow(
      'JWT_AUDIENCE is not set',
    ));
});
