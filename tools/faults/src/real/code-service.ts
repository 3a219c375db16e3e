import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A registration service outside that knows no code, and is as slow as it is told to be. */
export type CodeService = {
  readonly url: string;
  /** From now on each question is answered after so many milliseconds. */
  readonly answerAfter: (ms: number) => void;
  /** How many questions came in. */
  readonly asked: () => number;
  readonly close: () => Promise<void>;
};

const unknown = (response: ServerResponse): void =>
  void response.setHeader('content-type', 'application/json').end('{"valid":false}');

/** Starts it on a free loopback port. */
export const startCodeService = async (): Promise<CodeService> => {
  let [delayMs, asked] = [0, 0];
  const server = createServer((request, response) => {
    asked += 1;
    request.resume();
    setTimeout(() => unknown(response), delayMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/codes`,
    answerAfter: (ms) => (delayMs = ms),
    asked: () => asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
