import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { phoneSchema } from '@stopcovid/contracts';
import { apiAt, makeRecords, type MakeOptions } from './make-records';

const phones = ['+12025550141', '+12025550142', '+12025550143'];

type Seen = { readonly at: string; readonly key: string | undefined; readonly body: string };

/** A tracker that has a page of each trainee, and refuses what is asked second as too much. */
const serving = async (refusing?: number) => {
  const seen: Seen[] = [];
  const records = new Set<string>();
  const answerTo = ({ at, body }: Seen): readonly [number, object] => {
    if (refusing !== undefined) return [refusing, { detail: 'not with this key' }];
    if (seen.length === 2) return [429, { detail: 'too often' }];
    if (at.startsWith('GET')) {
      const index = Number(new URL(at.slice(4), 'http://x').searchParams.get('cursor') ?? 0);
      const phone = phones[index] ?? '';
      const next = index + 1 < phones.length ? { nextCursor: String(index + 1) } : {};
      return [200, { items: records.has(phone) ? [] : [{ phone }], looked: 1, ...next }];
    }
    const { phone } = JSON.parse(body) as { phone: string };
    if (phone === phones[1]) return [409, { detail: 'has not passed' }];
    const made = !records.has(phone);
    records.add(phone);
    return [200, { made, url: `https://r/${phone}`, status: 'valid' }];
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const asked = { at: `${request.method} ${request.url}`, key: request.headers.authorization, body };
      seen.push(asked);
      const [status, answer] = answerTo(asked);
      response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '0' });
      response.end(JSON.stringify(answer));
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const out: string[] = [];
  const err: string[] = [];
  const run = (options: Partial<MakeOptions>) =>
    makeRecords(
      { phone: undefined, tellAgain: false, yes: true, ...options },
      {
        ask: apiAt(new URL(`http://127.0.0.1:${port}/`), 'secret-key'),
        terminal: {
          input: Readable.from([]),
          out: (line) => void out.push(line),
          err: (line) => void err.push(line),
        },
      },
    );
  return { run, seen, out, err, close: () => server.close() };
};

describe('records that operators make', () => {
  it('are those of all who passed and have none: looked for first, asked again where it was too often', async () => {
    const { run, out, err, seen, close } = await serving();
    expect(await run({})).toBe(1);
    expect(err).toContain('3 trainees looked at: 3 passed and have no record');
    expect(out).toEqual([phones[0], phones[2]].map((phone) => `${phone} made https://r/${phone}`));
    expect(err).toContain(`${phones[1]} has not passed`);
    expect(new Set(seen.map(({ key }) => key))).toEqual(new Set(['Bearer secret-key']));
    out.length = 0;
    await run({});
    expect(out).toEqual([]);
    close();
  });

  it('are asked for first: without a yes, and nobody to ask, nothing is made', async () => {
    const { run, seen, close } = await serving();
    await expect(run({ yes: false })).rejects.toThrow('Give --yes');
    expect(seen.filter(({ at }) => at.startsWith('POST'))).toEqual([]);
    close();
  });

  it('are told again where that is asked for', async () => {
    const { run, seen, out, close } = await serving();
    const phone = phoneSchema.parse(phones[0]);
    expect(await run({ phone })).toBe(0);
    expect(await run({ phone, tellAgain: true })).toBe(0);
    expect(JSON.parse(seen.at(-1)?.body ?? '')).toEqual({ phone, tellAgain: true });
    expect(out).toEqual([`${phone} made https://r/${phone}`, `${phone} there, valid https://r/${phone}`]);
    close();
  });

  it.each([401, 403])('are none with a key that may not: %d', async (status) => {
    const { run, close } = await serving(status);
    await expect(run({})).rejects.toThrow('not with this key');
    await expect(run({ phone: phoneSchema.parse(phones[0]) })).rejects.toThrow('not with this key');
    close();
  });
});
