import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { askedBudgets, type SpentBudgets } from './spent-budgets';

/** A service over real HTTP that answers what it was last told to. */
const service = async (): Promise<{
  url: string;
  keys: string[];
  say: (status: number, body: string) => void;
  server: Server;
}> => {
  let answer = { status: 200, body: '{"employerIds":[]}' };
  const keys: string[] = [];
  const server = createServer((request, response) => {
    keys.push(request.headers.authorization ?? '');
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1/budgets/spent`,
    keys,
    say: (status, body) => {
      answer = { status, body };
    },
    server,
  };
};

describe('spent budgets', () => {
  let budgets: SpentBudgets | undefined;
  let open: Server | undefined;
  afterEach(() => {
    budgets?.close();
    open?.closeAllConnections();
    open?.close();
  });

  const asking = async () => {
    const { server, ...said } = await service();
    open = server;
    const heard: string[] = [];
    let wake: () => void = () => undefined;
    const hear = (what: string): void => {
      heard.push(what);
      wake();
    };
    budgets = askedBudgets({
      url: said.url,
      key: 'a-key',
      everyMs: 5,
      onAnswer: (spent) => hear([...spent].join(',')),
      onFailed: (error) => hear(error instanceof Error ? error.message : String(error)),
    });
    const until = async (what: string): Promise<void> => {
      while (heard.at(-1) !== what)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    };
    return { ...said, budgets, until };
  };

  it('are asked for with the key, and nobody is over before an answer', async () => {
    const { budgets, say, until, keys } = await asking();
    expect(budgets.has('acme')).toBe(false);
    say(200, '{"employerIds":["acme"]}');
    await until('acme');
    expect([budgets.has('acme'), budgets.has('other')]).toEqual([true, false]);
    expect(keys[0]).toBe('Bearer a-key');
  });

  it.each([
    ['an error', 500, '{}', "the budgets' service answered 500"],
    ['another shape', 200, '{"spent":1}', "the budgets' service answered something else than was agreed"],
  ])('stay as they were known after %s', async (_what, status, body, said) => {
    const { budgets, say, until } = await asking();
    say(200, '{"employerIds":["acme"]}');
    await until('acme');
    say(status, body);
    await until(said);
    expect(budgets.has('acme')).toBe(true);
    say(200, '{"employerIds":[]}');
    await until('');
    expect(budgets.has('acme')).toBe(false);
  });
});
