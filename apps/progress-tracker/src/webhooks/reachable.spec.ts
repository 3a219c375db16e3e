import { createServer } from 'node:http';
import type { lookup } from 'node:dns';
import type { AddressInfo } from 'node:net';
import { get } from 'node:http';
import {
  AddressRefused,
  guardedLookup,
  mayReach,
  networksIn,
  problemWithTarget,
  problemWithUrl,
  type ReachRules,
} from './reachable';

const strict: ReachRules = { allowHttp: false, networks: [] };
const inside: ReachRules = { allowHttp: true, networks: networksIn(['10.20.0.0/16', 'fd12::/32']) };

/** A DNS that answers each question with the next of these. */
const answering = (...answers: readonly (readonly string[])[]): typeof lookup => {
  let asked = 0;
  const resolve = (
    _name: string,
    _options: object,
    callback: (error: null, found: readonly object[]) => void,
  ): void => {
    const found = answers[Math.min(asked, answers.length - 1)] ?? [];
    asked += 1;
    callback(
      null,
      found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return resolve as unknown as typeof lookup;
};

describe('where a webhook may lead', () => {
  it.each(['8.8.8.8', '203.0.112.1', '2606:4700:4700::1111', '::ffff:8.8.8.8'])('to %s', (address) =>
    expect(mayReach(strict, address)).toBe(true),
  );

  it.each([
    ['this machine', ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1', '0.0.0.0', '::', '::127.0.0.1']],
    ['a private network', ['10.0.0.1', '172.16.0.1', '172.31.9.9', '192.168.1.1', 'fd00::1', 'fec0::1']],
    ['the metadata of a cloud', ['169.254.169.254', 'fd00:ec2::254', '::ffff:169.254.169.254']],
    ['the same link', ['169.254.0.1', 'fe80::1']],
    ['many at once', ['224.0.0.1', '255.255.255.255', 'ff02::1']],
    ["a carrier's inside", ['100.64.0.1', '100.127.255.254']],
    ['IPv4 wrapped in IPv6', ['64:ff9b::7f00:1', '2002:7f00:1::', '2001:0:7f00:1::']],
    ['what is reserved', ['240.0.0.1', '192.0.2.1', '198.18.0.1', '2001:db8::1']],
  ])('not to %s', (_what, addresses) =>
    expect(addresses.filter((address) => mayReach(strict, address))).toEqual([]),
  );

  it('to a network that the installation names, and to no other', () => {
    expect(['10.20.3.4', 'fd12:0:1::', '::ffff:10.20.0.1'].every((each) => mayReach(inside, each))).toBe(
      true,
    );
    expect(['10.21.0.1', 'fd13::1', '127.0.0.1'].some((each) => mayReach(inside, each))).toBe(false);
    expect(() => networksIn(['10.20.0.0'])).toThrow('10.20.0.0 is no network');
  });
});

describe('the address of a webhook', () => {
  it.each(['https://example.org/hooks?of=us', 'https://8.8.8.8/', 'https://[2606:4700:4700::1111]:8443/'])(
    'may be %s',
    (url) => expect(problemWithUrl(url, strict)).toBeUndefined(),
  );

  it.each([
    ['hooks', 'must be an address such as https://example.org/hooks'],
    ['http://example.org/', 'must begin with https://'],
    ['file:///etc/passwd', 'must begin with https://'],
    ['https://me:word@example.org/', 'must have no user and password in it'],
    ['https://example.org/#part', 'must have no fragment'],
    ['https://127.0.0.1/', 'must not lead to a private address'],
    ['https://[::1]/', 'must not lead to a private address'],
    ['https://[::ffff:10.0.0.1]/', 'must not lead to a private address'],
    ['https://2130706433/', 'must name its host by a name, not by a number'],
    ['https://0x7f.1/', 'must name its host by a name, not by a number'],
    ['https://0177.0.0.1/', 'must name its host by a name, not by a number'],
    ['https://134744072/', 'must name its host by a name, not by a number'],
    [`https://example.org/${'a'.repeat(2_048)}`, 'must have 2048 letters at the most'],
  ])('is not %s', (url, problem) => expect(problemWithUrl(url, strict)).toBe(problem));

  it('may be http where the installation allows it', () =>
    expect(problemWithUrl('http://10.20.0.1/', inside)).toBeUndefined());

  it('is judged by what its name leads to', async () => {
    expect(await problemWithTarget('https://localhost/', strict)).toBe('must not lead to a private address');
    expect(await problemWithTarget('https://nobody.invalid/', strict)).toBeUndefined();
  });
});

describe('a name that leads inward', () => {
  const look = (resolve: typeof lookup) =>
    new Promise<{ error: Error | null; addresses: unknown }>((resolved) =>
      guardedLookup(strict, resolve)('example.org', { all: true }, (error, addresses) =>
        resolved({ error, addresses }),
      ),
    );

  it('is refused, and of several addresses the public ones are taken', async () => {
    expect(await look(answering(['10.0.0.1', '::1']))).toMatchObject({ error: expect.any(AddressRefused) });
    expect(await look(answering(['10.0.0.1', '8.8.8.8']))).toEqual({
      error: null,
      addresses: [{ address: '8.8.8.8', family: 4 }],
    });
  });

  it('is not connected to, though it led elsewhere when it was asked before', async () => {
    let reached = 0;
    const server = createServer((_request, response) => {
      reached += 1;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const rebinding = answering(['8.8.8.8'], ['127.0.0.1']);
    expect(await look(rebinding)).toMatchObject({ error: null });
    const error = await new Promise((resolve) =>
      get(`http://example.org:${port}/`, { lookup: guardedLookup(strict, rebinding) }).on('error', resolve),
    );
    expect(error).toBeInstanceOf(AddressRefused);
    expect(reached).toBe(0);
    await new Promise((resolve) => server.close(resolve));
  });
});
