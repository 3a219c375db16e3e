import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { phone, time, words } from './columns';
import { serverOf } from './files.testkit';
import { listFile, type List } from './list-file';

type Row = {
  readonly phone: string;
  readonly name: string;
  readonly company: string;
  readonly note?: string;
};
type Server = Awaited<ReturnType<typeof serverOf>>;

const maria: Row = {
  phone: '+12025550143',
  name: '=1+1',
  company: 'Cafetería "Núñez", S.A.',
  note: 'one\r\ntwo',
};

const listOf = (rows: List<Row>['rows']): List<Row> => ({
  name: 'people',
  asOf: new Date('2026-03-01T10:00:00Z'),
  rows,
  columns: [
    phone('phone', (row) => row.phone),
    words('name', (row) => row.name),
    words('company', (row) => row.company),
    words('note', (row) => row.note),
    time('at', () => new Date('2026-03-01T10:00:00Z')),
  ],
});

async function* times(count: number, then: () => void = () => undefined): AsyncGenerator<Row> {
  for (let made = 0; made < count; made += 1) yield await Promise.resolve(maria);
  then();
}

const answerOf = async (url: string): Promise<IncomingMessage> => {
  const [answer] = (await once(get(url), 'response')) as [IncomingMessage];
  return answer;
};

const read = async (answer: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) text += chunk;
  return text;
};

describe('a list as a file', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  const serve = async (list: () => List<Row>): Promise<Server> => (server = await serverOf(list));

  it('is CSV by RFC 4180, in which no words are a formula and a phone stays one', async () => {
    const { url } = await serve(() => listOf([maria, { phone: '+12025550144', name: '-2', company: 'b' }]));
    const answer = await answerOf(`${url}?format=csv`);
    expect(await read(answer)).toBe(
      'phone,name,company,note,at\r\n' +
        `+12025550143,'=1+1,"Cafetería ""Núñez"", S.A.","one\r\ntwo",2026-03-01T10:00:00.000Z\r\n` +
        "+12025550144,'-2,b,,2026-03-01T10:00:00.000Z\r\n",
    );
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="people-2026-03-01.csv"',
      'x-row-count': '2',
      vary: 'Accept',
    });
  });

  it('begins with a byte order mark only where that is asked for', async () => {
    const { url } = await serve(() => listOf([maria]));
    const begins = async (query: string) =>
      Buffer.from(await (await fetch(`${url}?format=csv${query}`)).arrayBuffer()).subarray(0, 4);
    expect([await begins('&bom=true'), await begins('')]).toEqual([
      Buffer.from('\uFEFFp'),
      Buffer.from('phon'),
    ]);
  });

  it('is one JSON object on each line, with null where there is nothing', async () => {
    const { url } = await serve(() => listOf(times(2)));
    const lines = (await (await fetch(`${url}?format=ndjson`)).text()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { ...maria, at: '2026-03-01T10:00:00.000Z' },
      { ...maria, at: '2026-03-01T10:00:00.000Z' },
    ]);
  });

  it('tells behind it how many rows came one by one', async () => {
    const { url } = await serve(() => listOf(times(3_000)));
    const answer = await answerOf(`${url}?format=ndjson`);
    const lines = (await read(answer)).split('\n').length - 1;
    expect([answer.headers['trailer'], lines, answer.trailers['x-row-count']]).toEqual([
      'x-row-count',
      3_000,
      '3000',
    ]);
  });

  it('breaks off where a row cannot be had, and nobody takes it for whole', async () => {
    const broken = new Error('the database went away');
    const { url, errors } = await serve(() =>
      listOf(
        times(3_000, () => {
          throw broken;
        }),
      ),
    );
    const answer = await answerOf(`${url}?format=csv`);
    await expect(read(answer)).rejects.toThrow('aborted');
    expect([answer.statusCode, answer.complete]).toEqual([200, false]);
    expect(errors).toEqual([{ err: broken, file: 'people-2026-03-01.csv' }]);
  });

  it('is a problem, and no file, where not even the first row can be had', async () => {
    const { url } = await serve(() =>
      listOf(
        times(0, () => {
          throw new Error('the database is away');
        }),
      ),
    );
    const { status, headers } = await fetch(`${url}?format=csv`);
    expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      500,
      'application/problem+json; charset=utf-8',
      null,
    ]);
  });

  it('is read no further than a slow reader takes it, and no more once they have left', async () => {
    let made = 0;
    let ended = (): void => undefined;
    const end = new Promise<void>((resolve) => (ended = resolve));
    async function* endless(): AsyncGenerator<Row> {
      try {
        for (; ; made += 1) yield await Promise.resolve({ ...maria, note: 'x'.repeat(1_000) });
      } finally {
        ended();
      }
    }
    const { url, errors } = await serve(() => listOf(endless()));
    const answer = await answerOf(`${url}?format=csv`);
    await once(answer, 'readable');
    let before = -1;
    while (before !== made) {
      before = made;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(made).toBeLessThan(20_000);
    answer.socket.destroy();
    await end;
    expect(errors).toEqual([]);
  });

  it('ends its query also where they have left before it was read', async () => {
    let isEnded = false;
    async function* two(): AsyncGenerator<Row> {
      try {
        yield await Promise.resolve(maria);
        yield maria;
      } finally {
        isEnded = true;
      }
    }
    const { parts } = await listFile(listOf(two()), { format: 'csv', bom: false });
    expect(isEnded).toBe(false);
    parts.body.destroy();
    await once(parts.body, 'close');
    expect(isEnded).toBe(true);
  });

  it.each([
    ['?format=csv', 'application/json', 'text/csv; charset=utf-8; header=present'],
    ['?format=json', 'text/csv', 'application/json; charset=utf-8'],
    ['', 'text/csv', 'text/csv; charset=utf-8; header=present'],
    ['', 'application/x-ndjson, */*;q=0.1', 'application/x-ndjson'],
    ['', 'text/html, */*;q=0.8', 'application/json; charset=utf-8'],
    ['', 'text/*', 'text/csv; charset=utf-8; header=present'],
    ['', '*/*, application/json;q=0', 'text/csv; charset=utf-8; header=present'],
    ['', 'application/xml', 'application/problem+json; charset=utf-8'],
  ])('goes by format, then by Accept: %s with %s', async (query, accept, type) => {
    const { url } = await serve(() => listOf([maria]));
    const { headers } = await fetch(`${url}${query}`, { headers: { accept } });
    expect(headers.get('content-type')).toBe(type);
  });

  it.each([
    ['format=xml', { detail: 'format takes json, csv, ndjson, parquet', parameter: 'format' }],
    ['bom=yes', { detail: 'bom takes true or false', parameter: 'bom' }],
    ['format=csv&cursor=x', { parameter: 'cursor' }],
    ['format=csv&limit=5', { parameter: 'limit' }],
  ])('is refused with %s, saying why', async (query, error) => {
    const { url } = await serve(() => listOf([maria]));
    const answer = await fetch(`${url}?${query}`);
    expect([answer.status, await answer.json()]).toMatchObject([400, { errors: [error] }]);
  });
});
