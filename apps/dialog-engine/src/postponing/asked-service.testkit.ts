import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service over real HTTP that answers what it was last told to. */
export const askedService = async (body: string) => {
  let answer = { status: 200, body };
  const keys: string[] = [];
  const server = createServer((request, response) => {
    keys.push(request.headers.authorization ?? '');
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    /** What was given as authorization, request by request. */
    keys,
    say: (status: number, said: string): void => {
      answer = { status, body: said };
    },
    close: (): void => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** What was heard, and a way to wait for the next of it. */
export const listener = () => {
  const heard: string[] = [];
  let wake: () => void = () => undefined;
  return {
    hear: (what: string): void => {
      heard.push(what);
      wake();
    },
    until: async (what: string): Promise<void> => {
      while (heard.at(-1) !== what)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    },
  };
};

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
