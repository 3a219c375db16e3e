import { request as requestHttp, Agent as HttpAgent, type ClientRequest } from 'node:http';
import { request as requestHttps, Agent as HttpsAgent } from 'node:https';
import type { FailureKind } from './connection-overrides';

/** One call of a webhook: its answer, or the kind of failure. */
export type PostResult =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'failed'; readonly failure: FailureKind; readonly reason: string };

export type FormPost = {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
};

/** Connections are kept and closed together. */
export type FormPoster = { post(form: FormPost): Promise<PostResult>; close(): void };

const failureOf = (error: Error, connected: boolean): PostResult => ({
  kind: 'failed',
  failure: connected ? 'rt' : 'ct',
  reason: error.message || 'the connection was refused',
});

type Stage = 'connecting' | 'connected';

/** A call waits for its turn when many are under way: only then does it connect. */
const onStage = (call: ClientRequest, reached: (stage: Stage) => void): void => {
  call.once('socket', (socket) => {
    if (!socket.connecting) return reached('connected');
    reached('connecting');
    socket.once('connect', () => reached('connected'));
  });
};

const run = (call: ClientRequest, form: FormPost): Promise<PostResult> =>
  new Promise((resolve) => {
    let isConnected = false;
    const giveUp = (reason: string) => () => call.destroy(new Error(reason));
    let timer: NodeJS.Timeout | undefined;
    const settle = (result: PostResult): void => {
      clearTimeout(timer);
      resolve(result);
    };
    onStage(call, (stage) => {
      clearTimeout(timer);
      isConnected = stage === 'connected';
      timer = isConnected
        ? setTimeout(giveUp('did not answer in time'), form.readTimeoutMs)
        : setTimeout(giveUp('could not connect in time'), form.connectTimeoutMs);
    });
    call.once('error', (error) => settle(failureOf(error, isConnected)));
    call.once('response', (response) => {
      // The answer (TwiML) is read to its end, so that the connection can be used again; it asks for nothing here.
      response.resume();
      response.once('error', (error) => settle(failureOf(error, true)));
      response.once('end', () => settle({ kind: 'answered', status: response.statusCode ?? 0 }));
      response.once('close', () => settle(failureOf(new Error('the answer broke off'), true)));
    });
    call.end(form.body);
  });

const connectionsAtMost = 256;

/** Posts forms over kept connections, with separate limits for connecting and for the answer. */
export const formPoster = (): FormPoster => {
  const plain = new HttpAgent({ keepAlive: true, maxSockets: connectionsAtMost });
  const secure = new HttpsAgent({ keepAlive: true, maxSockets: connectionsAtMost });
  return {
    post: (form) => {
      const options = { method: 'POST', headers: form.headers };
      const call = form.url.startsWith('https:')
        ? requestHttps(form.url, { ...options, agent: secure })
        : requestHttp(form.url, { ...options, agent: plain });
      return run(call, form);
    },
    close: () => {
      plain.destroy();
      secure.destroy();
    },
  };
};
